/** A report could not be made. `code` is stable; `message` says what happened, for operators. */
export class ReportError extends Error {
  readonly code: ReportErrorCode

  constructor(code: ReportErrorCode, message: string) {
    super(message)
    this.name = 'ReportError'
    this.code = code
  }
}

export type ReportErrorCode =
  /** The model contradicts itself, so no document may be made from it. */
  | 'report-inconsistent'
  /** The typesetter refused the document. */
  | 'report-not-typeset'
  /** The typesetter's process ended by itself (out of memory, killed). */
  | 'report-process-ended'
  | 'report-timeout'
  | 'report-queue-full'
  | 'report-compiler-closed'
