import { setTimeout as delay } from 'node:timers/promises'
import { Client, DatabaseError, escapeIdentifier, Pool, types as pgTypes } from 'pg'
import type { ClientConfig, CustomTypesConfig, PoolClient, QueryConfig, QueryResultRow } from 'pg'
import { StoreError } from './store-error.ts'

/** How a PostgreSQL is reached: a URL, or the parts that the embedded server has. */
export type Connecting = ClientConfig

/**
 * Values as the views give them: big integers and decimals are numbers, instants ISO 8601 in UTC
 * with milliseconds, days `YYYY-MM-DD`. `pg` would make local dates of days, and texts of numbers.
 */
const parsers = new Map<number, (text: string) => unknown>([
  [pgTypes.builtins.INT8, wholeNumber],
  [pgTypes.builtins.NUMERIC, Number],
  [pgTypes.builtins.DATE, String],
  [pgTypes.builtins.TIMESTAMPTZ, instant],
  [pgTypes.builtins.TIMESTAMP, instant],
  [1016, arrayOf(wholeNumber)],
  [1231, arrayOf(Number)],
  [1182, arrayOf(String)],
  [1185, arrayOf(instant)],
])

const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format !== 'binary' && parsers.get(oid)) || pgTypes.getTypeParser(oid, format ?? 'text'),
}

const connectTimeoutMs = 10_000

/** A client that sends without waiting for answers: one flight for many statements. */
function clientConfig(connecting: Connecting, applicationName: string): ClientConfig {
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
export async function connect(connecting: Connecting, name: string): Promise<Client> {
  const client = new Client(clientConfig(connecting, name))
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

/**
 * Opens up to `max` connections, as they are asked for. One that is lost is an error of the query
 * that runs on it and of nothing else, whether it is held or idle.
 */
export function openPool(connecting: Connecting, name: string, max: number): Pool {
  const pool = new Pool({ ...clientConfig(connecting, name), max })
  pool.on('error', () => {})
  // The pool listens only to those that nobody holds.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A connection of the pool; whoever borrows it releases it. Throws `database-unreachable`. */
export async function borrow(pool: Pool): Promise<PoolClient> {
  return await pool.connect().catch((error: unknown) => {
    throw unreachable(error)
  })
}

/** The rows of one query on a connection of the pool. Throws `database-unreachable`. */
export async function askPool<Row extends QueryResultRow>(
  pool: Pool,
  query: QueryConfig,
): Promise<Row[]> {
  const client = await borrow(pool)
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    client.release()
  }
}

/** A server that is just being started again is waited for this long. */
const patienceMs = 10_000
const againAfterMs = 100

/** Reads again while the server cannot be reached. Only for what changes nothing. */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!isOutage(error)) throw error
      if (performance.now() > until) throw unreachable(error)
    }
    await delay(againAfterMs)
  }
}

/** The server ended the session, or it is not there; every other error is an answer, or a bug. */
function isOutage(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'database-unreachable'
  if (error instanceof DatabaseError) return !isAnswer(error)
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return (
    (typeof code === 'string' && /^(ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(code)) ||
    (error instanceof Error && /^(Connection terminated|Client has)/.test(error.message))
  )
}

function unreachable(error: unknown): StoreError {
  return new StoreError(
    'database-unreachable',
    `PostgreSQL cannot be reached: ${error instanceof Error ? error.message : String(error)}. ` +
      'Start the server, or correct DATABASE_URL.',
    { cause: error },
  )
}

/** True when the server itself answered with an error and the connection lives on. */
export function isAnswer(error: unknown): error is DatabaseError {
  if (!(error instanceof DatabaseError)) return false
  // Connection exceptions, and sessions ended by an operator or a crash of the server.
  return !/^(08|57P0|58)/.test(error.code ?? '')
}

export function identifier(name: string): string {
  return escapeIdentifier(name)
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`)
  return value
}

function instant(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/(\+00)?$/, 'Z')).toISOString()
}

/** One-dimensional arrays of what holds neither commas nor quotation marks. */
function arrayOf<T>(parse: (text: string) => T) {
  return (text: string): (T | null)[] =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
}
