import type { SigningKey } from '../../ledger/keys.ts'
import type { LedgerFile } from '../../ledger/integrate.ts'
import type { Read } from '../../ledger/tile-reader.ts'
import type { TreeHead } from '../../ledger/tiles.ts'

/** Where the files of the ledger are: a folder here, an object store elsewhere. */
export type LedgerStorage = {
  /**
   * Names this storage in the database. Nodes that share one share its name; each storage is filled
   * from the entries by itself.
   */
  readonly name: string
  readonly read: Read
  /**
   * Durable when it resolves. A file that is there with the same bytes is left as it is. Rejects
   * with `StorageFault`: `conflict` when one is there with other bytes.
   */
  readonly putImmutable: (files: readonly LedgerFile[]) => Promise<void>
  /** Writes a file whatever is there; only for repairing what was damaged. */
  readonly restore: (file: LedgerFile) => Promise<void>
  /** Replaces the published checkpoint, atomically and durably. Rejects with `StorageFault`. */
  readonly publish: (checkpoint: Uint8Array) => Promise<void>
  /** Deletes the partial files of a tile or bundle, given the path of the full one. */
  readonly dropPartials: (path: string) => Promise<void>
}

/**
 * `unwritable`: nothing was written, and trying again later is safe. `unknown`: a sync failed, and
 * nobody knows what is on the disk; the program must stop (the kernel may have dropped the pages).
 * `conflict`: the path holds other bytes than the entries make.
 */
export type StorageFaultKind = 'unwritable' | 'unknown' | 'conflict'

export class StorageFault extends Error {
  override readonly name = 'StorageFault'
  readonly kind: StorageFaultKind
  readonly path: string

  constructor(kind: StorageFaultKind, path: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.path = path
  }
}

/** What must not be in the database: the log's key, and the last checkpoint it has signed. */
export type KeySafe = {
  /** The signing key; null when there is none yet. Rejects with `key-…` when it is damaged. */
  readonly key: () => Promise<SigningKey | null>
  /** Makes the key, readable by this user only; durable when it resolves. */
  readonly create: (origin: string) => Promise<SigningKey>
  /** The last signed checkpoint that this safe has seen; null when there is none. */
  readonly signed: () => Promise<Uint8Array | null>
  /** Durable when it resolves. Rejects with `StorageFault`. */
  readonly keepSigned: (checkpoint: Uint8Array) => Promise<void>
}

/** A checkpoint as the database keeps it, for ever. */
export type KeptCheckpoint = TreeHead & {
  /** The note as it was first published, or as it was signed if it is not published yet. */
  readonly text: string
  readonly signedAt: string
  /** When it was first published; null before. */
  readonly publishedAt: string | null
}

/** What the database knows of what was integrated, signed and published. */
export type Publication = {
  /** The key of this ledger; the first caller's becomes it. */
  readonly identity: (mine: LedgerIdentity) => Promise<LedgerIdentity>
  /** The same, when there is one. */
  readonly knownIdentity: () => Promise<LedgerIdentity | null>
  /**
   * Integrates into one storage, one node at a time. What `work` returns is the new head, durable
   * when this resolves; null changes nothing.
   */
  readonly integrate: (
    storage: string,
    work: (integrated: TreeHead | null) => Promise<TreeHead | null>,
  ) => Promise<void>
  /**
   * Signs, one node at a time. `work` gets the newest signed checkpoint; what it returns is kept,
   * durable when this resolves.
   */
  readonly sign: (
    work: (newest: KeptCheckpoint | null) => Promise<NewCheckpoint | null>,
  ) => Promise<KeptCheckpoint | null>
  /**
   * Publishes, one node at a time: `work` puts the checkpoint of that size into the storage, unless
   * a larger one is published already. The text of a first publication is kept for ever.
   */
  readonly publish: (
    size: number,
    text: string,
    at: string,
    work: () => Promise<void>,
  ) => Promise<void>
  readonly newest: () => Promise<KeptCheckpoint | null>
  /** The first published checkpoint that covers so many entries; null before there is one. */
  readonly covering: (size: number) => Promise<KeptCheckpoint | null>
  /** All of them, oldest first, from a size on. */
  readonly from: (size: number, limit: number) => Promise<KeptCheckpoint[]>
}

export type LedgerIdentity = { readonly origin: string; readonly vkey: string }

export type NewCheckpoint = TreeHead & { readonly text: string; readonly signedAt: string }

/** Sends a request to `add-checkpoint` of a witness. Rejects when there is no answer in time. */
export type WitnessPost = (
  prefix: string,
  request: Uint8Array,
) => Promise<{ readonly status: number; readonly body: Uint8Array }>

/** An entry as the database has it, and the columns that were copied from its bytes. */
export type AuditedEntry = {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly type: string
  readonly stream: string
  readonly by: string
  readonly recordedAt: string
  readonly effectiveAt: string
}

/** Reads the entries as rows, whatever somebody has done to them. */
export type EntryAudit = {
  /** The size that the head says, and what rows there are. */
  readonly extent: () => Promise<{
    readonly size: number
    readonly rows: number
    readonly last: number | null
  }>
  /** The rows `from` (inclusive) to `to` (exclusive) that there are, by index. */
  readonly rows: (from: number, to: number) => Promise<readonly AuditedEntry[]>
}

/** Where an entry stands and what it is called by, without its bytes. */
export type IndexedEntry = Omit<AuditedEntry, 'bytes'>

/** Finds entries of a prefix of the ledger by what people look for. */
export type EntryIndex = {
  /** Newest first; `total` counts all that match but `before`. */
  readonly list: (query: {
    readonly size: number
    readonly before: number | undefined
    readonly since: string | undefined
    readonly stream: string | undefined
    readonly type: string | undefined
    readonly by: string | undefined
    readonly limit: number
  }) => Promise<{ readonly entries: readonly IndexedEntry[]; readonly total: number }>
  readonly one: (seq: number) => Promise<IndexedEntry | null>
  /** The entries before and after it in its stream, within a prefix. */
  readonly neighbours: (
    entry: IndexedEntry,
    size: number,
  ) => Promise<{ readonly previous: number | null; readonly next: number | null }>
}
