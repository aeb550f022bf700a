import type { Fault } from '../http/server.ts'

/** For operators, one JSON object a line; never a secret, never a person's data. */
function log(event: string, fields: Readonly<Record<string, string>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

export function logFault({ id, what, error }: Fault): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log('fault', { id, what, detail })
}

/** A job or a run that failed; it is tried again. */
export function logError(where: string, error: unknown): void {
  log('failed', { where, detail: error instanceof Error ? error.message : String(error) })
}

export function logStopped(why: Error): void {
  log('ledger-stopped', { detail: why.message })
}
