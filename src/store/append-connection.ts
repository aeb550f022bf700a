import { DatabaseError } from 'pg'
import type { Client } from 'pg'
import type { Append, AppendTransaction, ViewBuild, Wanted } from '../app/engine/store.ts'
import { ConnectionLost, StorageFull } from '../app/engine/store.ts'
import { sendAppend } from './append-statements.ts'
import { connect, isAnswer } from './connections.ts'
import type { Connecting } from './connections.ts'
import {
  readAnswers,
  readChanges,
  readHead,
  readPersonKeys,
  readStream,
  readStreams,
} from './entry-rows.ts'
import { viewBuild } from './view-build.ts'
import type { LiveViews } from './view-build.ts'
import { writeBuffer } from './write-buffer.ts'
import { statementsOf } from './write-statements.ts'

/** The one connection of this node that appends; opened again when it breaks. */
export type AppendConnection = {
  begin(wanted: Wanted): Promise<AppendTransaction>
  close(): Promise<void>
}

/** Another node that hangs with the lock is waited for this long. */
const lockTimeoutMs = 30_000
/** Deciding a list of a hundred thousand people keeps the lock for a minute on a slow machine. */
const decidingMaxMs = 600_000

export function appendConnection(connecting: Connecting, live: LiveViews): AppendConnection {
  let open: Client | null = null
  const drop = async (broken: Client) => {
    if (open === broken) open = null
    await broken.end().catch(() => {})
  }
  const session = async () => {
    if (open !== null) return open
    const opened = await connect(connecting, 'arinomama append').catch((error: unknown) => {
      throw new ConnectionLost(false, error)
    })
    opened.once('end', () => void (open === opened && (open = null)))
    open = opened
    await guarded(opened, opened.query(sessionSettings), drop)
    return opened
  }
  return {
    begin: async (wanted) => await begin(await session(), wanted, live, drop),
    close: async () => void (open !== null && (await drop(open))),
  }
}

async function begin(
  client: Client,
  wanted: Wanted,
  live: LiveViews,
  drop: Drop,
): Promise<AppendTransaction> {
  const first = await guarded(client, firstFlight(client, wanted), drop)
  // After a failure the lock is gone, and nothing may be sent as if it were still held.
  let ended = false
  const inside = async <T>(work: () => Promise<T>): Promise<T> => {
    if (ended) throw new Error('the transaction has ended')
    try {
      return await guarded(client, work(), drop)
    } catch (error) {
      ended = true
      throw error
    }
  }
  return {
    ...first,
    stream: (stream) => inside(() => readStream(client, stream)),
    personKeys: (persons) => inside(() => readPersonKeys(client, persons)),
    changesSince: (seq) => inside(() => readChanges(client, seq)),
    check: (writes) => writeBuffer(live.tables()).check(writes),
    async commit(append, before) {
      if (ended) throw new Error('the transaction has ended')
      const sent = send(client, append, live)
      if (before !== undefined) await inside(() => fill(client, sent, before, live))
      ended = true
      await finish(client, sent).catch(async (error: unknown) => {
        if (error instanceof ConnectionLost) await drop(client)
        throw error
      })
    },
    async rollback() {
      if (!ended) await inside(() => client.query('rollback'))
      ended = true
    },
  }
}

type Drop = (broken: Client) => Promise<void>

/** Passes an error on, having found out what it means for the transaction and the session. */
async function guarded<T>(client: Client, work: Promise<T>, drop: Drop): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ConnectionLost) throw error
    try {
      await client.query('rollback')
    } catch {
      await drop(client)
      throw new ConnectionLost(false, error)
    }
    throw named(error)
  }
}

/** A server may be set up to acknowledge before it is durable; this session never does. */
const sessionSettings = `
  set lock_timeout = ${lockTimeoutMs};
  set idle_in_transaction_session_timeout = ${decidingMaxMs};
  select set_config('synchronous_commit', 'on', false)
   where current_setting('synchronous_commit') in ('off', 'local', 'remote_write')`

/**
 * One flight: each statement after the lock sees whatever was committed before the lock was got,
 * because READ COMMITTED takes a snapshot per statement.
 */
async function firstFlight(client: Client, wanted: Wanted) {
  const flight = [
    client.query('begin'),
    readHead(client, 'for update'),
    readAnswers(client, wanted.commands),
    readStreams(client, wanted.streams),
  ] as const
  await Promise.allSettled(flight)
  const [, head, answered, streams] = await Promise.all(flight)
  return { head, answered, streams }
}

function send(client: Client, append: Append, live: LiveViews): Promise<unknown>[] {
  const buffer = writeBuffer(live.tables())
  buffer.add(append.writes)
  return [
    ...sendAppend(client, append),
    ...statementsOf(live.schema, buffer.take()).map(({ text, values }) =>
      client.query({ name: statementName(text), text, values: [...values] }),
    ),
  ]
}

/** Runs `before` inside the transaction, after what was sent. */
async function fill(
  client: Client,
  sent: readonly Promise<unknown>[],
  before: (build: ViewBuild) => Promise<void>,
  live: LiveViews,
): Promise<void> {
  await Promise.allSettled(sent)
  await Promise.all(sent)
  const build = viewBuild(client, live.schema, live.tables())
  await before(build)
  await build.flush()
}

/**
 * The commit flies with the statements before it. When one of them failed, PostgreSQL makes a
 * rollback of it and says so; when the connection breaks, nobody knows what became of it.
 */
async function finish(client: Client, sent: readonly Promise<unknown>[]): Promise<void> {
  const commit = client.query('commit').then(
    ({ command }) => command,
    (error: unknown) => {
      if (isAnswer(error)) throw error
      throw new ConnectionLost(true, error)
    },
  )
  await Promise.allSettled([...sent, commit])
  try {
    const answer = await commit
    await Promise.all(sent)
    if (answer !== 'COMMIT') throw new Error(`the commit was answered with ${answer}`)
  } catch (error) {
    throw named(error)
  }
}

/** `disk_full` is nobody's bug, and nothing was written: the caller may try again. */
function named(error: unknown): unknown {
  const full = error instanceof DatabaseError && error.code === '53100'
  return full ? new StorageFull('the disk of the database is full', { cause: error }) : error
}

/** Prepared statements are named by their text, so that each is planned once per session. */
const names = new Map<string, string>()
function statementName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `view ${names.size}`
  names.set(text, name)
  return name
}
