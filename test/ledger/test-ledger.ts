import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { onTestFinished } from 'vitest'
import type { RunningEngine } from '../../src/app/engine/create-engine.ts'
import type { Handled, RoomHandle } from '../../src/app/engine/engine.ts'
import { LedgerStop } from '../../src/app/ledger/ledger-stop.ts'
import { openLedger } from '../../src/app/ledger/open.ts'
import type { Ledger, LedgerNeeds } from '../../src/app/ledger/open.ts'
import type { PostgresPublication } from '../../src/store/publication.ts'
import { ledgerProjections } from '../../src/app/ledger/views.ts'
import { createTestDatabase, openTestEngine } from '../../src/app/testing.ts'
import type { TestClock } from '../../src/app/testing.ts'
import { isRefused } from '../../src/domain/decider.ts'
import { openEntryIndex } from '../../src/store/entry-index.ts'
import { openEntryAudit } from '../../src/store/entry-audit.ts'
import { openKeyFolder } from '../../src/store/key-folder.ts'
import { openLedgerFolder } from '../../src/store/ledger-folder.ts'
import { openPublication } from '../../src/store/publication.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { witnessPost } from '../../src/store/witness-post.ts'
import { boardProjections, boardRoom } from './board.ts'
import type { BoardCommand } from './board.ts'

export type TestLedger = {
  readonly engine: RunningEngine
  readonly ledger: Ledger
  readonly board: RoomHandle<BoardCommand, null, never>
  readonly clock: TestClock
  readonly publication: PostgresPublication
  readonly database: pg.ClientConfig
  /** The data folder; the ledger's files are in `ledger/`, its key in `keys/`. */
  readonly data: string
  /** Pins so many numbered notes, one command. */
  readonly pin: (count: number) => Promise<Handled>
  readonly close: () => Promise<void>
}

export type TestLedgerOptions = Partial<LedgerNeeds> & {
  readonly database?: pg.ClientConfig
  readonly data?: string
}

/** The real ledger on a real PostgreSQL and a real folder; both can be those of an earlier one. */
export async function openTestLedger(options: TestLedgerOptions = {}): Promise<TestLedger> {
  const database = options.database ?? (await createTestDatabase())
  const data = options.data ?? temporaryFolder()
  const projections = [...boardProjections, ...ledgerProjections]
  const opened = await openTestEngine({ projections, database })
  const { engine, clock } = opened
  const board = engine.open(boardRoom)
  const publication = openPublication(database)
  const index = openEntryIndex(database)
  const folder = join(data, 'ledger')
  let ledger: Ledger
  try {
    ledger = await openLedger(engine, {
      storage: openLedgerFolder(folder),
      source: { kind: 'folder', folder },
      safe: openKeyFolder(join(data, 'keys')),
      publication,
      index,
      clock,
      post: witnessPost(2_000),
      audit: () => openEntryAudit(database),
      ...options,
    })
  } catch (error) {
    await index.close()
    await publication.close()
    await opened.close()
    throw error
  }
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await ledger.stop()
    await opened.close()
    await index.close()
    await publication.close()
  }
  onTestFinished(close)
  return {
    engine,
    ledger,
    board,
    clock,
    publication,
    database,
    data,
    close,
    async pin(count) {
      const from = await engine.log.size()
      const notes = Array.from({ length: count }, (_, i) => {
        return { note: `${from + i}`, text: `note ${from + i}` }
      })
      const done = await board.handle({ type: 'pin', notes }, { by: 'per_1' })
      if (isRefused(done)) throw new Error(done.refused)
      return done
    },
  }
}

/** The program ends, and starts again on the same database and folder. */
export async function restarted(
  opened: TestLedger,
  options: TestLedgerOptions = {},
): Promise<TestLedger> {
  await opened.close()
  const { database, data } = opened
  return await openTestLedger({ database, data, ...options })
}

/** The code with which the ledger refuses to start, or `started`. */
export async function startOf(options: TestLedgerOptions): Promise<string> {
  try {
    await openTestLedger(options)
    return 'started'
  } catch (error) {
    if (error instanceof LedgerStop || error instanceof StoreError) return error.code
    throw error
  }
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
