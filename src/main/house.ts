import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RelyingParty } from '../app/access/passkeys.ts'
import { memorySessions } from '../app/access/sessions.ts'
import { createEngine, type RunningEngine } from '../app/engine/create-engine.ts'
import { publisher, type Publisher } from '../app/ledger/publisher.ts'
import { ledgerRoom } from '../app/ledger/room.ts'
import { serveLedger } from '../app/ledger/serve.ts'
import { startLedger } from '../app/ledger/start.ts'
import { witnesses } from '../app/ledger/witnesses.ts'
import type { Clock } from '../app/ports.ts'
import type { Mount } from '../http/server.ts'
import { openBlobFolder } from '../store/blob-folder.ts'
import { openDatabase } from '../store/database.ts'
import { openKeyFolder } from '../store/key-folder.ts'
import { openLedgerFolder } from '../store/ledger-folder.ts'
import { openStore } from '../store/postgres-store.ts'
import { openPublication } from '../store/publication.ts'
import { witnessPost } from '../store/witness-post.ts'
import { openRooms, projections, type Rooms } from './rooms.ts'
import type { Settings } from './settings.ts'
import { StartRefusal } from './start-refusal.ts'

/** Everything behind the server: database, engine, rooms, ledger. */
export type House = {
  readonly engine: RunningEngine
  readonly rooms: Rooms
  readonly publisher: Publisher
  readonly mounts: readonly Mount[]
  /** Ends in the opposite order of the opening; what was acknowledged stays. */
  readonly close: () => Promise<void>
}

const witnessTimeoutMs = 5_000
const witnessPatienceMs = 800

/**
 * Opens the house on its data folder.
 *
 * @throws StoreError, LedgerStop or StartRefusal when it may not go on.
 */
export async function openHouse(
  settings: Settings,
  party: RelyingParty,
  clock: Clock,
): Promise<House> {
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    while (closing.length > 0) await closing.pop()?.()
  }
  try {
    const { dataFolder, databaseUrl } = settings
    const database = await openDatabase({ dataFolder, url: databaseUrl })
    closing.push(database.close)
    const store = openStore(database.connecting)
    closing.push(store.close)
    const blobs = openBlobFolder(join(dataFolder, 'blobs'))
    const engine = createEngine({ store, blobs, clock, projections })
    closing.push(engine.close)
    const publication = openPublication(database.connecting)
    closing.push(publication.close)
    const storage = openLedgerFolder(join(dataFolder, 'ledger'))
    const ledgerHead = async () => {
      const newest = await publication.newest()
      return newest === null ? null : { size: newest.size, root: rootText(newest.root) }
    }
    engine.open(ledgerRoom)
    const rooms = openRooms({ engine, party, sessions: memorySessions(), ledgerHead })
    await engine.ready()
    const started = await startLedger({
      log: engine.log,
      storage,
      safe: openKeyFolder(join(dataFolder, 'keys')),
      publication,
      clock,
      origin: settings.ledgerOrigin,
      witnessPolicy: witnessPolicy(settings),
    })
    const asked = witnesses({
      policy: started.policy,
      post: witnessPost(witnessTimeoutMs),
      read: storage.read,
      clock,
      patienceMs: witnessPatienceMs,
    })
    const publishing = publisher({
      ...started,
      log: engine.log,
      storage,
      publication,
      witnesses: asked,
      unmet: 'alarm',
      clock,
      onChange: () => {},
    })
    publishing.start()
    closing.push(publishing.stop)
    return { engine, rooms, publisher: publishing, mounts: [ledgerMount(storage.read)], close }
  } catch (error) {
    await close()
    throw error
  }
}

function ledgerMount(read: Parameters<typeof serveLedger>[0]): Mount {
  const prefix = '/ledger/'
  return {
    prefix,
    async answer(request) {
      const path = new URL(request.url).pathname.slice(prefix.length)
      const acceptEncoding = request.headers.get('accept-encoding') ?? ''
      const said = await serveLedger(read, { method: request.method, path, acceptEncoding })
      const body = request.method === 'HEAD' ? null : new Uint8Array(said.body)
      return new Response(body, { status: said.status, headers: said.headers })
    },
  }
}

function witnessPolicy({ witnessPolicy: path }: Settings): Uint8Array | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartRefusal('witness-policy-unreadable', path, { cause: error })
  }
}

function rootText(root: Uint8Array): string {
  return Buffer.from(root).toString('base64')
}
