import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RelyingParty } from '../app/access/passkeys.ts'
import { createEngine, type RunningEngine } from '../app/engine/create-engine.ts'
import { openLedger, type Ledger } from '../app/ledger/open.ts'
import type { DirectoryConnector } from '../app/directory/connector.ts'
import type { HostConnector } from '../app/devices/connector.ts'
import type { Clock, Job } from '../app/ports.ts'
import { activeDirectory } from '../connectors/active-directory/active-directory.ts'
import type { Handler } from '../http/handler.ts'
import { ledgerFiles } from '../http/ledger.ts'
import type { Mount } from '../http/server.ts'
import { openBlobFolder } from '../store/blob-folder.ts'
import type { Database } from '../store/database.ts'
import { openEntryAudit } from '../store/entry-audit.ts'
import { openEntryIndex } from '../store/entry-index.ts'
import { openKeyFolder } from '../store/key-folder.ts'
import { openLedgerFolder } from '../store/ledger-folder.ts'
import { openStore } from '../store/postgres-store.ts'
import { openOutbox, type Transport } from '../store/outbox.ts'
import { openPublication } from '../store/publication.ts'
import { openSecretFolder } from '../store/secret-folder.ts'
import { openSessionKey } from '../store/session-key.ts'
import { openSessions } from '../store/sessions.ts'
import { smtpTransport } from '../store/smtp.ts'
import { noAlarm, webhookAlarm } from '../store/webhook.ts'
import { witnessPost } from '../store/witness-post.ts'
import { logError } from './operator-log.ts'
import { projections } from './room-list.ts'
import { handlersOf } from './room-handlers.ts'
import { openRooms, type Rooms } from './rooms.ts'
import type { Settings } from './settings.ts'
import { StartRefusal } from './start-refusal.ts'

/** Everything between the database and the server: engine, rooms, ledger. */
export type House = {
  readonly engine: RunningEngine
  readonly rooms: Rooms
  readonly ledger: Ledger
  readonly handlers: readonly Handler[]
  readonly mounts: readonly Mount[]
  readonly jobs: readonly Job[]
  /** Ends in the opposite order of the opening; what was acknowledged stays. */
  readonly close: () => Promise<void>
}

const witnessTimeoutMs = 5_000

/**
 * Opens the house on its data folder and database; whoever opened the database closes it.
 *
 * @throws LedgerStop or StartRefusal when it may not go on.
 */
export async function openHouse(options: {
  readonly settings: Settings
  readonly database: Database
  readonly party: RelyingParty
  readonly clock: Clock
  readonly connector: HostConnector
  readonly directoryConnector?: DirectoryConnector | undefined
}): Promise<House> {
  const { settings, database, party, clock, connector } = options
  const { dataFolder } = settings
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    while (closing.length > 0) await closing.pop()?.()
  }
  try {
    const store = openStore(database.connecting)
    closing.push(store.close)
    const blobs = openBlobFolder(join(dataFolder, 'blobs'))
    const engine = createEngine({ store, blobs, clock, projections })
    closing.push(engine.close)
    const { publication, sessions, index, outbox } = openBeside(options, closing)
    const folder = join(dataFolder, 'ledger')
    const rooms = await openRooms({
      engine,
      blobs,
      clock,
      party,
      connector,
      directoryConnector: options.directoryConnector ?? activeDirectory,
      secrets: openSecretFolder(join(dataFolder, 'keys'), join(dataFolder, 'secrets')),
      sessions,
      ledgerHead: () => ledger.head(),
      publication,
      outbox,
      alarm: settings.webhookUrl === undefined ? noAlarm : webhookAlarm(settings.webhookUrl),
      onError: logError,
    })
    closing.push(rooms.close)
    const ledger = await openLedger(engine, {
      storage: openLedgerFolder(folder),
      safe: openKeyFolder(join(dataFolder, 'keys')),
      publication,
      index,
      clock,
      origin: settings.ledgerOrigin,
      witnessPolicy: witnessPolicy(settings),
      unmet: settings.unwitnessed,
      source: { kind: 'folder', folder },
      audit: () => openEntryAudit(database.connecting),
      post: witnessPost(witnessTimeoutMs),
    })
    await engine.ready()
    ledger.start()
    closing.push(ledger.stop)
    return {
      engine,
      rooms,
      ledger,
      handlers: handlersOf(rooms, ledger, engine.now),
      mounts: [ledgerFiles(ledger)],
      jobs: [...rooms.jobs, ...ledger.jobs],
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What is kept beside the ledger, and mail. */
function openBeside(
  { settings, database, party }: Parameters<typeof openHouse>[0],
  closing: (() => Promise<void>)[],
) {
  const { connecting } = database
  const publication = openPublication(connecting)
  closing.push(publication.close)
  const sessionKey = openSessionKey(join(settings.dataFolder, 'keys'))
  const sessions = openSessions(connecting, sessionKey)
  closing.push(sessions.close)
  const index = openEntryIndex(connecting)
  closing.push(index.close)
  const outbox = openOutbox(connecting, mailTransport(settings, party))
  closing.push(outbox.close)
  return { publication, sessions, index, outbox }
}

function mailTransport({ smtpUrl, mailFrom }: Settings, { rpId }: RelyingParty): Transport | null {
  return smtpUrl === undefined ? null : smtpTransport(smtpUrl, mailFrom ?? `arinomama@${rpId}`)
}

function witnessPolicy({ witnessPolicy: path }: Settings): Uint8Array | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartRefusal('witness-policy-unreadable', path, { cause: error })
  }
}
