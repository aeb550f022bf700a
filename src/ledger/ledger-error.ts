/** Every way in which ledger bytes can be refused. Codes are stable: callers translate them. */
export type LedgerErrorCode =
  | 'answer-malformed'
  | 'bundle-malformed'
  | 'checkpoint-malformed'
  | 'consistency-proof-invalid'
  | 'cosignature-malformed'
  | 'entry-too-large'
  | 'hash-malformed'
  | 'inclusion-proof-invalid'
  | 'index-out-of-range'
  | 'key-malformed'
  | 'key-name-invalid'
  | 'key-type-unsupported'
  | 'log-unknown'
  | 'note-malformed'
  | 'note-unverified'
  | 'policy-malformed'
  | 'policy-unmet'
  | 'proof-malformed'
  | 'request-malformed'
  | 'resource-missing'
  | 'resource-refused'
  | 'resource-too-large'
  | 'resource-unreachable'
  | 'root-mismatch'
  | 'signature-invalid'
  | 'size-invalid'
  | 'tile-damaged'
  | 'tile-path-malformed'

/** The only error the ledger throws on purpose. `path` names the file it is about, if one is. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  readonly code: LedgerErrorCode
  readonly path: string | undefined

  constructor(code: LedgerErrorCode, message: string, path?: string) {
    super(message)
    this.code = code
    this.path = path
  }
}

/** True when the error is a `LedgerError` with that code. */
export function hasCode(error: unknown, code: LedgerErrorCode): error is LedgerError {
  return error instanceof LedgerError && error.code === code
}
