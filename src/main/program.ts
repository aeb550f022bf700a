import { Command } from 'commander'
import { registerApiCommands } from '../cli/api-commands.ts'
import { ledgerCommands } from '../cli/ledger.ts'
import { witnessCommand } from '../cli/witness.ts'

type StartCommandOptions = {
  readonly apiOnly?: boolean
  readonly demo?: boolean
  readonly recover?: string
}

/**
 * The command line. What a command needs is loaded when it runs: checking a proof does not wait for
 * a server to be read in.
 */
export function createProgram(): Command {
  const program = new Command('arinomama')
    .description('Get and keep a SOC 2 report that says how the organisation really is')
    .showHelpAfterError()
  program
    .command('start')
    .description('Start the server: database, pages and API on one port')
    .option('--demo', 'with a fictional organisation and its history')
    .option('--api-only', 'without the pages')
    .option('--recover <email>', 'print a link for somebody who lost their passkey')
    .action(async ({ apiOnly = false, demo = false, recover }: StartCommandOptions) => {
      const { start } = await import('./start.ts')
      await start({ apiOnly, demo, recover })
    })
  registerApiCommands(program)
  ledgerCommands(program, {
    verifyHere: async (options) => (await import('./ledger-here.ts')).verifyHere(options),
    repairHere: async (options) => (await import('./ledger-here.ts')).repairHere(options),
    vkeyOf: async (folder) => (await import('../store/key-folder.ts')).vkeyOf(folder),
    dataFolder: () => process.env['ARINOMAMA_DATA'] ?? './data',
  })
  witnessCommand(program, {
    lockFolder: async (folder) => (await import('../store/folder-lock.ts')).lockFolder(folder),
  })
  return program
}
