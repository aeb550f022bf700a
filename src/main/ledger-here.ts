import { join, resolve } from 'node:path'
import type { Secrets } from '../app/directory/connector.ts'
import { memorySessions } from '../app/access/sessions.ts'
import { createEngine } from '../app/engine/create-engine.ts'
import type { RunningEngine } from '../app/engine/create-engine.ts'
import { repairLedger } from '../app/ledger/repair.ts'
import { ledgerRoom } from '../app/ledger/room.ts'
import { verifyEverything } from '../app/ledger/verify-everything.ts'
import type { Everything } from '../app/ledger/verify-everything.ts'
import { systemClock, type Outbox } from '../app/ports.ts'
import { formatVerifierKey, parseVerifierKey } from '../ledger/keys.ts'
import type { VerifierKey } from '../ledger/keys.ts'
import { parsePolicy } from '../ledger/policy.ts'
import type { Policy } from '../ledger/policy.ts'
import { openBlobFolder } from '../store/blob-folder.ts'
import type { Connecting } from '../store/connections.ts'
import { openDatabase } from '../store/database.ts'
import { openEntryAudit } from '../store/entry-audit.ts'
import { openKeyFolder, vkeyOf } from '../store/key-folder.ts'
import { openLedgerFolder } from '../store/ledger-folder.ts'
import { activeDirectory } from '../connectors/active-directory/active-directory.ts'
import { thisHost } from '../connectors/this-host/this-host.ts'
import { openStore } from '../store/postgres-store.ts'
import { runningPostgres } from '../store/postgres/attach.ts'
import { openPublication } from '../store/publication.ts'
import type { PostgresPublication } from '../store/publication.ts'
import { noAlarm } from '../store/webhook.ts'
import { StoreError } from '../store/store-error.ts'
import { logError } from './operator-log.ts'
import { projections } from './room-list.ts'
import { openRooms } from './rooms.ts'

/** Work on the ledger of a data folder without the server: verifying and repairing. */

type Here = {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly policy?: Policy | undefined
  readonly onProgress: (step: string, done: number, total: number) => void
}

/** Also while the server runs: it only reads, and rebuilds the views aside. */
export async function verifyHere({
  dataFolder,
  databaseUrl,
  policy,
  onProgress,
}: Here): Promise<Everything> {
  const data = resolve(dataFolder)
  const database = await reach(data, databaseUrl)
  try {
    return await withEngine(data, database.connecting, async (engine, publication) => {
      const audit = await openEntryAudit(database.connecting)
      try {
        const key = await keyOf(data, publication)
        return await verifyEverything({
          source: { kind: 'folder', folder: join(data, 'ledger') },
          policy:
            policy ?? parsePolicy(Buffer.from(`log ${formatVerifierKey(key)}\nquorum none\n`)),
          key,
          audit,
          publication,
          safe: openKeyFolder(join(data, 'keys')),
          compareViews: () => engine.compareViews(),
          onProgress,
        })
      } finally {
        await audit.close()
      }
    })
  } finally {
    await database.close()
  }
}

/** Takes the data folder for itself: the server must be stopped. */
export async function repairHere(options: Here): Promise<readonly string[]> {
  const data = resolve(options.dataFolder)
  const database = await openDatabase({ dataFolder: data, url: options.databaseUrl })
  try {
    return await withEngine(data, database.connecting, async ({ log }, publication) =>
      repairLedger({
        log,
        storage: openLedgerFolder(join(data, 'ledger')),
        safe: openKeyFolder(join(data, 'keys')),
        publication,
        key: await keyOf(data, publication),
        onProgress: options.onProgress,
      }),
    )
  } finally {
    await database.close()
  }
}

/** The server that the URL names, the one that runs in the folder, or one of our own. */
async function reach(
  dataFolder: string,
  url: string | undefined,
): Promise<{ connecting: Connecting; close: () => Promise<void> }> {
  const nothing = () => Promise.resolve()
  if (url !== undefined && url !== '') {
    return { connecting: { connectionString: url }, close: nothing }
  }
  try {
    return await openDatabase({ dataFolder })
  } catch (error) {
    const running = runningPostgres(dataFolder)
    const isInUse = error instanceof StoreError && error.code === 'data-folder-in-use'
    if (isInUse && running !== null) return { connecting: running, close: nothing }
    throw error
  }
}

async function withEngine<T>(
  dataFolder: string,
  connecting: Connecting,
  work: (engine: RunningEngine, publication: PostgresPublication) => Promise<T>,
): Promise<T> {
  const store = openStore(connecting)
  const publication = openPublication(connecting)
  try {
    const blobs = openBlobFolder(join(dataFolder, 'blobs'))
    const engine = createEngine({ store, blobs, clock: systemClock, projections })
    engine.open(ledgerRoom)
    // Rooms are opened for what their events mean; nobody signs in here.
    const party = { origin: 'http://localhost', rpId: 'localhost' }
    const ledgerHead = () => Promise.resolve(null)
    const rooms = await openRooms({
      engine,
      blobs,
      clock: systemClock,
      party,
      connector: thisHost(),
      directoryConnector: activeDirectory,
      secrets: noSecrets,
      sessions: memorySessions(),
      ledgerHead,
      publication,
      outbox: noOutbox,
      alarm: noAlarm,
      onError: logError,
    })
    try {
      return await work(engine, publication)
    } finally {
      await rooms.close()
      await engine.close()
    }
  } finally {
    await publication.close()
    await store.close()
  }
}

/** Nobody is asked anything here. */
const noSecrets: Secrets = {
  put: () => Promise.resolve(),
  get: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
}

/** Nothing is written to anybody here. */
const noOutbox: Outbox = {
  delivery: 'outbox',
  send: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  deliver: () => Promise.resolve(),
}

/** The key in the folder counts; the database is what is being judged. */
async function keyOf(dataFolder: string, publication: PostgresPublication): Promise<VerifierKey> {
  const own = vkeyOf(dataFolder) ?? (await publication.knownIdentity())?.vkey
  if (own !== undefined) return parseVerifierKey(own)
  throw new StoreError(
    'ledger-key-unknown',
    `There is no ledger key in ${dataFolder}. Name the data folder with --data.`,
  )
}
