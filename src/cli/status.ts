import { getBoard } from '../contract/criteria.ts'
import { getLedger } from '../contract/ledger.ts'
import { apiHelp, connectApi, table, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { finish, runCommand } from './outcome.ts'

type Options = { readonly asOf?: string; readonly json?: boolean }

export const statusCommand: ApiCommand = {
  name: 'status',
  routes: [getBoard, getLedger],
  register(parent) {
    parent
      .command('status')
      .description('How the criteria stand now or at the end of a day, and the ledger’s health')
      .option('--as-of <day>', 'YYYY-MM-DD')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (options: Options) => {
        await runCommand(async () => status(options))
      })
  },
}

async function status({ asOf, json }: Options): Promise<void> {
  const api = connectApi()
  const board = await api.call(getBoard, { query: { asOf } })
  const ledger = await api.call(getLedger, {})
  const { met, notMet, notProven, notApplicable } = board.totals
  const right = notMet === 0 && ledger.alarms.length === 0
  const code = right ? exitStatus.right : exitStatus.wrong
  if (json === true) return finish(code, `${JSON.stringify({ board, ledger })}\n`)
  const language = commandLanguage()
  const worst = board.criteria
    .filter((one) => one.status === 'not-met')
    .map((one) => [one.id, one.status, `${one.exceptions} exceptions`, one.title[language]])
  const lines = [
    `${met} met, ${notMet} not met, ${notProven} not proven, ${notApplicable} not applicable`,
    `exceptions: ${board.exceptions.open} open, ${board.exceptions.answered} answered, ` +
      `${board.exceptions.accepted} accepted`,
    `ledger: ${ledger.size} entries, ${ledger.checkpoint?.size ?? 0} under the last checkpoint`,
    ...ledger.alarms.map((alarm) => `ALARM ${alarm.code}: ${alarm.message[language]}`),
  ]
  finish(code, `${lines.join('\n')}\n${table(worst)}`)
}
