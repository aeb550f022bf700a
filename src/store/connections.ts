import pg from 'pg'
import { StoreError } from './store-error.ts'

/** How a PostgreSQL is reached: a URL, or the parts that the embedded server has. */
export type Connecting = pg.ClientConfig

/** The object id of `text[]`. */
const textArray: number = 1009

/**
 * Values as the views give them: big integers and decimals are numbers, instants ISO 8601 in UTC
 * with milliseconds, days `YYYY-MM-DD`. `pg` would make local dates of days, and texts of numbers.
 */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, wholeNumber],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.DATE, String],
  [pg.types.builtins.TIMESTAMPTZ, instant],
  [pg.types.builtins.TIMESTAMP, instant],
  [1016, arrayOf(wholeNumber)],
  [1231, arrayOf(Number)],
  [1182, arrayOf(String)],
  [1185, arrayOf(instant)],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format ?? 'text'),
}

const connectTimeoutMs = 10_000

/** A client that sends without waiting for answers: one flight for many statements. */
export function clientConfig(connecting: Connecting, applicationName: string): pg.ClientConfig {
  return {
    ...connecting,
    types,
    pipeline: true,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c bytea_output=hex',
  }
}

/** Opens one connection of its own. Throws `database-unreachable`. */
export async function connect(connecting: Connecting, name: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(connecting, name))
  // Errors arrive with the queries; without a listener a lost connection would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw unreachable(error)
  }
}

export function unreachable(error: unknown): StoreError {
  return new StoreError(
    'database-unreachable',
    `PostgreSQL cannot be reached: ${error instanceof Error ? error.message : String(error)}. ` +
      'Start the server, or correct DATABASE_URL.',
    { cause: error },
  )
}

/** True when the server itself answered with an error and the connection lives on. */
export function isAnswer(error: unknown): error is pg.DatabaseError {
  if (!(error instanceof pg.DatabaseError)) return false
  // Connection exceptions, and sessions ended by an operator or a crash of the server.
  return !/^(08|57P0|58)/.test(error.code ?? '')
}

export function identifier(name: string): string {
  return pg.escapeIdentifier(name)
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`)
  return value
}

function instant(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/(\+00)?$/, 'Z')).toISOString()
}

function arrayOf<T>(parse: (text: string) => T) {
  const texts: (text: string) => unknown = pg.types.getTypeParser(textArray, 'text')
  return (text: string): (T | null)[] => {
    const items = texts(text)
    if (!Array.isArray(items)) throw new TypeError('no array')
    return items.map((item) => (item === null ? null : parse(String(item))))
  }
}
