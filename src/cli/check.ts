import { listChecks, runChecks } from '../contract/criteria.ts'
import { apiHelp, connectApi, table, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

type Options = { readonly json?: boolean; readonly record: boolean }

export const checkCommandOfApi: ApiCommand = {
  name: 'check',
  routes: [runChecks, listChecks],
  register(parent) {
    parent
      .command('check [id...]')
      .description('Judge every check now, record the results, and show those named (or all)')
      .option('--no-record', 'only look; needs no right to record')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (ids: readonly string[], options: Options) => {
        await runCommand(async () => check(ids, options))
      })
  },
}

async function check(ids: readonly string[], { json, record }: Options): Promise<void> {
  const api = connectApi()
  const recorded = record ? await api.call(runChecks, {}) : null
  const all = await api.call(listChecks, {})
  const unknown = ids.find((id) => !all.some((one) => one.id === id))
  if (unknown !== undefined) throw new UsageError(`there is no check ${unknown}`)
  const shown = all.filter((one) => ids.length === 0 || ids.includes(one.id))
  const status = shown.some((one) => one.status === 'not-met') ? exitStatus.wrong : exitStatus.right
  if (json === true) {
    return finish(status, `${JSON.stringify({ seq: recorded?.seq ?? null, checks: shown })}\n`)
  }
  const language = commandLanguage()
  const rows = shown.map((one) => [
    one.status,
    one.id,
    `${one.exceptions} of ${one.population}`,
    one.status === 'not-proven' ? one.unproven : '',
    one.title[language],
  ])
  finish(status, table(rows))
}
