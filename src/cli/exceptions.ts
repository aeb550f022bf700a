import { listExceptions } from '../contract/criteria.ts'
import { apiHelp, connectApi, table, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

const states = ['open', 'answered', 'accepted', 'fixed'] as const

type Options = {
  readonly state?: string
  readonly check?: string
  readonly asOf?: string
  readonly json?: boolean
}

export const exceptionsCommand: ApiCommand = {
  name: 'exceptions',
  routes: [listExceptions],
  register(parent) {
    parent
      .command('exceptions')
      .description('Every exception that was found, with its state')
      .option('--state <state>', states.join(', '))
      .option('--check <id>', 'of one check only')
      .option('--as-of <day>', 'YYYY-MM-DD')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (options: Options) => {
        await runCommand(async () => exceptions(options))
      })
  },
}

async function exceptions({ state, check, asOf, json }: Options): Promise<void> {
  const wanted = states.find((one) => one === state)
  if (state !== undefined && wanted === undefined) {
    throw new UsageError(`--state is one of ${states.join(', ')}`)
  }
  const found = await connectApi().call(listExceptions, { query: { state: wanted, check, asOf } })
  const status = found.some((one) => one.state === 'open') ? exitStatus.wrong : exitStatus.right
  if (json === true) return finish(status, `${JSON.stringify(found)}\n`)
  const language = commandLanguage()
  const rows = found.map((one) => [
    one.state,
    one.check,
    one.label,
    `${one.ageDays} d`,
    one.reason[language],
    one.id,
  ])
  finish(status, rows.length === 0 ? 'There is none.\n' : table(rows))
}
