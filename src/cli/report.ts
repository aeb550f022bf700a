import { writeFileSync } from 'node:fs'
import { makeReport } from '../contract/evidence.ts'
import { getSession } from '../contract/session.ts'
import { apiHelp, connectApi, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

const formats = ['pdf', 'markdown', 'json'] as const
const languages = ['ja', 'en'] as const

type Options = {
  readonly asOf?: string
  readonly lang: string
  readonly format: string
  readonly size?: string
  readonly out?: string
  readonly json?: boolean
}

export const reportCommand: ApiCommand = {
  name: 'report type1',
  routes: [getSession, makeReport],
  register(parent) {
    parent
      .command('type1')
      .description('Make the Type 1 report as of a day; the same entries give the same bytes')
      .option('--as-of <day>', 'YYYY-MM-DD; today when absent')
      .option('--lang <language>', languages.join(' or '), commandLanguage())
      .option('--format <format>', formats.join(', '), 'pdf')
      .option('--size <entries>', 'print the report of an earlier moment of that day again')
      .option('--out <file>', 'where it goes; the server’s name for it when absent')
      .option('--json', 'print where it went as JSON')
      .addHelpText('after', apiHelp)
      .action(async (options: Options) => {
        await runCommand(async () => report(options))
      })
  },
}

async function report(options: Options): Promise<void> {
  const language = languages.find((one) => one === options.lang)
  const format = formats.find((one) => one === options.format)
  if (language === undefined) throw new UsageError(`--lang is ${languages.join(' or ')}`)
  if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}`)
  const size = options.size === undefined ? undefined : Number(options.size)
  const api = connectApi()
  const asOf = options.asOf ?? (await api.call(getSession, {})).today
  const { bytes, fileName } = await api.download(makeReport, {
    query: { asOf, language, format, size },
  })
  const out = options.out ?? safe(fileName) ?? `type1-${asOf}-${language}.${format}`
  writeFileSync(out, bytes)
  const outcome = { file: out, bytes: bytes.byteLength, asOf, language, format }
  const text = `${out}: ${bytes.byteLength.toLocaleString('en-US')} bytes\n`
  finish(exitStatus.right, options.json === true ? `${JSON.stringify(outcome)}\n` : text)
}

/** A name only, whatever the server says: no folder, nothing hidden. */
function safe(name: string | null): string | null {
  const last = name?.split(/[/\\]/).at(-1) ?? ''
  return last === '' || last.startsWith('.') ? null : last
}
