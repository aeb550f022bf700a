import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '../contract/client.ts'
import { getRun, listSources, observe } from '../contract/devices.ts'
import type { Output } from '../contract/route.ts'
import { apiHelp, connectApi, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'
import { showProgress } from './progress.ts'

type Options = { readonly json?: boolean }
type Run = Output<typeof getRun>

const pollMs = 500
/** A run that is not over by then is left alone; it goes on in the server. */
const patienceMs = 15 * 60_000

export const observeCommand: ApiCommand = {
  name: 'observe',
  routes: [listSources, observe, getRun],
  register(parent) {
    parent
      .command('observe [source...]')
      .description('Look at sources now, by name or id; at all of them when none is named')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (named: readonly string[], options: Options) => {
        await runCommand(async () => observeNow(named, options))
      })
  },
}

async function observeNow(named: readonly string[], { json }: Options): Promise<void> {
  const api = connectApi()
  const sources = (await api.call(listSources, {})).filter((one) => one.state === 'active')
  const unknown = named.find((name) => !sources.some((one) => one.id === name || one.name === name))
  if (unknown !== undefined) throw new UsageError(`there is no source ${unknown}`)
  const wanted = sources.filter(
    (one) => named.length === 0 || named.includes(one.id) || named.includes(one.name),
  )
  const runs: (Run & { readonly name: string })[] = []
  for (const source of wanted) {
    const { run } = await api.call(observe, { params: { source: source.id } })
    runs.push({ ...(await follow(api, run, source.name, json === true)), name: source.name })
  }
  const failed = runs.filter((run) => run.state !== 'succeeded')
  const status = failed.length > 0 ? exitStatus.wrong : exitStatus.right
  if (json === true) return finish(status, `${JSON.stringify(runs)}\n`)
  const lines = runs.map(({ name, state, seq, failure }) =>
    failure === null
      ? `${name}: ${state}, entry ${seq ?? '-'}`
      : `${name}: ${state} (${failure.code}) ${failure.message}`,
  )
  finish(status, `${lines.join('\n')}${lines.length > 0 ? '\n' : 'There is no source.\n'}`)
}

async function follow(api: Api, run: string, name: string, isQuiet: boolean): Promise<Run> {
  const shown = showProgress(isQuiet)
  const endsMs = performance.now() + patienceMs
  for (;;) {
    const now = await api.call(getRun, { params: { run } })
    shown.update(`${name}: ${now.step[commandLanguage()]}`, now.done, now.of)
    if (now.state !== 'running' || performance.now() > endsMs) {
      shown.end(`${name}: ${now.state}`)
      return now
    }
    await sleep(pollMs)
  }
}
