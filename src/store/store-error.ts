/** Every way in which the store says no. Codes are stable: callers translate them. */
export type StoreErrorCode =
  | 'blob-damaged'
  | 'blob-missing'
  | 'blob-too-large'
  | 'data-folder-in-use'
  | 'data-folder-unwritable'
  | 'database-closed'
  | 'database-newer'
  | 'database-settings-unsafe'
  | 'database-too-old'
  | 'database-unreachable'
  | 'ledger-key-unknown'
  | 'postgres-missing'
  | 'postgres-stopped'

/** The message says what happened and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
