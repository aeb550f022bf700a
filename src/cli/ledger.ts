import type { Command } from 'commander'
import { exitStatus } from './exit-status.ts'
import { checkCommand } from './ledger-check.ts'
import { proveCommand } from './ledger-prove.ts'
import { verifyCommand } from './ledger-verify.ts'
import type { VerifyHere } from './ledger-verify.ts'
import { UsageError } from './ledger-trust.ts'
import type { RepairHere } from './ledger-repair.ts'
import { repairCommand } from './ledger-repair.ts'
import { finish, runCommand } from './outcome.ts'

/** What only the program itself can do: it has the database. */
export type LedgerCommandNeeds = {
  readonly verifyHere: VerifyHere
  readonly repairHere: RepairHere
  /** The key of the ledger in a data folder; undefined when there is none. */
  readonly vkeyOf: (dataFolder: string) => Promise<string | undefined>
  readonly dataFolder: () => string
}

/** `arinomama ledger …`. */
export function ledgerCommands(program: Command, needs: LedgerCommandNeeds): void {
  const ledger = program
    .command('ledger')
    .description('Verify, prove and check entries of the ledger; most of it needs no server')
  verifyCommand(ledger, needs)
  proveCommand(ledger, needs)
  checkCommand(ledger)
  repairCommand(ledger, needs)
  ledger
    .command('key')
    .description('Print the verifier key of the ledger in the data folder')
    .option('--data <folder>', 'the data folder', needs.dataFolder())
    .action(async ({ data }: { data: string }) => {
      await runCommand(async () => {
        const vkey = await needs.vkeyOf(data)
        if (vkey === undefined) throw new UsageError(`there is no ledger key in ${data}`)
        finish(exitStatus.right, `${vkey}\n`)
      })
    })
}
