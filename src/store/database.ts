import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { connect } from './connections.ts'
import type { Connecting } from './connections.ts'
import { lockFolder } from './folder-lock.ts'
import type { FolderLock } from './folder-lock.ts'
import { startEmbeddedPostgres } from './postgres/embedded-postgres.ts'
import type { EmbeddedPostgres } from './postgres/embedded-postgres.ts'
import { migrate } from './schema.ts'
import { StoreError } from './store-error.ts'

/** A PostgreSQL that is fit for the ledger, with its schema in place. */
export type Database = {
  readonly connecting: Connecting
  /** The server that runs as our child; null when `DATABASE_URL` names another one. */
  readonly embedded: EmbeddedPostgres | null
  readonly close: () => Promise<void>
}

/**
 * Takes the data folder for this process and opens the database: the server that `url` names, or
 * PostgreSQL as a child in the folder.
 */
export async function openDatabase(options: {
  readonly dataFolder: string
  readonly url?: string | undefined
}): Promise<Database> {
  const folder = openFolder(options.dataFolder)
  const lock = lockFolder(folder)
  if (options.url !== undefined && options.url !== '') {
    return await opened({ connectionString: options.url }, null, lock)
  }
  let embedded: EmbeddedPostgres
  try {
    embedded = await startEmbeddedPostgres({ dataFolder: folder })
  } catch (error) {
    lock.release()
    throw error
  }
  return await opened(embedded.connection, embedded, lock)
}

async function opened(
  connecting: Connecting,
  embedded: EmbeddedPostgres | null,
  lock: FolderLock | null,
): Promise<Database> {
  const close = async () => {
    await embedded?.stop()
    lock?.release()
  }
  try {
    const client = await connect(connecting, 'arinomama schema')
    try {
      await migrate(client)
    } finally {
      await client.end()
    }
  } catch (error) {
    await close()
    throw error
  }
  return { connecting, embedded, close }
}

function openFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(path)
  } catch (error) {
    throw new StoreError(
      'data-folder-unwritable',
      `The data folder ${path} cannot be written: ` +
        `${error instanceof Error ? error.message : String(error)}. ` +
        'Give this user the right to, or name another folder (ARINOMAMA_DATA).',
      { cause: error },
    )
  }
}
