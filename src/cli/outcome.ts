import { LedgerError } from '../ledger/ledger-error.ts'
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
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`arinomama: ${message}\n`)
    process.exitCode = known
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return exitStatus.usage
  if (error instanceof LedgerError) {
    const isOutOfReach = ['resource-unreachable', 'resource-missing', 'resource-refused']
    return isOutOfReach.includes(error.code) ? exitStatus.unknown : exitStatus.wrong
  }
  // Errors of the store, the database and the file system have a code and a message for people.
  if (error instanceof Error && 'code' in error) return exitStatus.unknown
  return undefined
}
