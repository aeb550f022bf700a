import type { Command } from 'commander'
import { exitStatus, exitStatusHelp } from './exit-status.ts'
import { finish, runCommand } from './outcome.ts'
import { showProgress } from './progress.ts'
import type { HereOptions } from './ledger-verify.ts'

/** Makes damaged or missing files of a data folder's ledger again; answers which. */
export type RepairHere = (options: HereOptions) => Promise<readonly string[]>

type Options = { readonly data: string; readonly database?: string; readonly json?: boolean }

const description = `Make damaged or missing files of the ledger again from the entries.

Nothing is written unless the entries lead to the very root that was signed. The server must be
stopped.`

export function repairCommand(
  ledger: Command,
  needs: { readonly repairHere: RepairHere; readonly dataFolder: () => string },
): void {
  ledger
    .command('repair')
    .summary('make damaged files of the ledger again from the entries')
    .description(description)
    .option('--data <folder>', 'the data folder', needs.dataFolder())
    .option('--database <url>', 'the PostgreSQL with the entries (DATABASE_URL)')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', exitStatusHelp)
    .action(async (options: Options) => {
      await runCommand(async () => {
        const shown = showProgress(options.json === true)
        const made = await needs.repairHere({
          dataFolder: options.data,
          databaseUrl: options.database ?? process.env['DATABASE_URL'],
          onProgress: shown.update,
        })
        shown.end('done')
        const text =
          made.length === 0
            ? 'Nothing had to be made again.\n'
            : `Made again:\n${made.map((path) => `  ${path}\n`).join('')}`
        const outcome = `${JSON.stringify({ ok: true, made })}\n`
        finish(exitStatus.right, options.json === true ? outcome : text)
      })
    })
}
