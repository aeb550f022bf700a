/**
 * Errors that the engine throws: somebody's bug, a damaged database, or a question that has no
 * answer. What a person can cause by a command is a refusal instead.
 */
export type EngineErrorCode =
  | 'day-not-yet'
  | 'entry-damaged'
  | 'entry-not-canonical'
  | 'entry-unknown'
  | 'event-invalid'
  | 'ledger-shrunk'
  | 'ledger-stopped'
  | 'meta-invalid'
  | 'room-twice'
  | 'room-unknown'
  | 'size-invalid'
  | 'view-write-invalid'

export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
