import { confirm, isCancel } from '@clack/prompts'
import { confirmPeople, importCompletions, previewPeople } from '../contract/people.ts'
import { apiHelp, connectApi, readUpload, table, type ApiCommand } from './api-command.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

type Options = { readonly yes?: boolean; readonly json?: boolean }

const changesShownMax = 40

export const importPeopleCommand: ApiCommand = {
  name: 'import people',
  routes: [previewPeople, confirmPeople],
  register(parent) {
    parent
      .command('people <file>')
      .description('Import a roster (CSV or JSON): shows who joins, moves and leaves, then asks')
      .option('--yes', 'record it without asking')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (file: string, options: Options) => {
        await runCommand(async () => importPeople(file, options))
      })
  },
}

export const importTrainingCommand: ApiCommand = {
  name: 'import training',
  routes: [importCompletions],
  register(parent) {
    parent
      .command('training <file>')
      .description('Import completions from another training system (CSV or JSON)')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (file: string, { json }: Options) => {
        await runCommand(async () => {
          const body = readUpload(file, importCompletions.body.bytes)
          const done = await connectApi().call(importCompletions, { body })
          const text = `${done.recorded} recorded, ${done.unchanged} known already\n`
          finish(exitStatus.right, json === true ? `${JSON.stringify(done)}\n` : text)
        })
      })
  },
}

async function importPeople(file: string, { yes, json }: Options): Promise<void> {
  const api = connectApi()
  const body = readUpload(file, previewPeople.body.bytes)
  const preview = await api.call(previewPeople, { body })
  const { digest, counts, changes, rows } = preview
  if (json !== true) {
    const shown = changes
      .slice(0, changesShownMax)
      .map((one) => [
        one.kind,
        one.employeeNumber,
        one.name,
        one.fields
          .map(({ field, from, to }) => `${field}: ${from ?? '-'} > ${to ?? '-'}`)
          .join(', '),
      ])
    const said = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`)
    process.stdout.write(`${rows} rows: ${said.join(', ')}\n${table(shown)}`)
    if (changes.length > shown.length) {
      process.stdout.write(`and ${changes.length - shown.length} more\n`)
    }
  }
  if (yes !== true && !(await agreed())) {
    return finish(
      exitStatus.right,
      json === true ? `${JSON.stringify(preview)}\n` : 'Nothing was recorded.\n',
    )
  }
  const done = await api.call(confirmPeople, { params: { digest }, body })
  const text = `Recorded: ${done.recorded}\n`
  finish(exitStatus.right, json === true ? `${JSON.stringify({ ...preview, ...done })}\n` : text)
}

/** Without a terminal nobody can be asked: then `--yes` has to say it. */
async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('say --yes to record it; nothing was recorded')
  const answer = await confirm({ message: 'Record these changes?', initialValue: false })
  return !isCancel(answer) && answer
}
