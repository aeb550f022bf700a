import { ApiProblem } from '../contract/api-problem.ts'
import { LedgerError } from '../ledger/ledger-error.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'

/** Prints what came out and leaves the exit status that says it. */
export function finish(status: number, output: string): void {
  process.stdout.write(output)
  process.exitCode = status
}

/** Runs a command; what is known to go wrong becomes one line and an exit status. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const known = statusOf(error)
    if (known === undefined) throw error
    process.stderr.write(worded(error))
    process.exitCode = known
  }
}

/** One line; a problem of the server also names its code and what is wrong row by row. */
function worded(error: unknown): string {
  if (!(error instanceof ApiProblem)) {
    return `arinomama: ${error instanceof Error ? error.message : String(error)}\n`
  }
  const { shown, code, about, problems } = error
  const language = commandLanguage()
  const rows = problems.map(
    ({ row, field, message }) =>
      `  ${row === null ? '' : `row ${row}, `}${field}: ${message[language]}\n`,
  )
  const subject = about === null ? '' : ` (${about})`
  return `arinomama: ${shown[language]}${subject}\n${rows.join('')}  code: ${code}\n`
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return exitStatus.usage
  if (error instanceof ApiProblem) {
    if (error.status === 0 || error.status >= 500) return exitStatus.unknown
    return error.status === 400 ? exitStatus.usage : exitStatus.wrong
  }
  if (error instanceof LedgerError) {
    const isOutOfReach = ['resource-unreachable', 'resource-missing', 'resource-refused']
    return isOutOfReach.includes(error.code) ? exitStatus.unknown : exitStatus.wrong
  }
  // Errors of the store, the database and the file system have a code and a message for people.
  if (error instanceof Error && 'code' in error) return exitStatus.unknown
  return undefined
}
