import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  addDirectorySource,
  getDirectoryRun,
  importAccounts,
  listDirectorySources,
  observeDirectory,
} from '../contract/directory.ts'
import type { Api } from '../contract/client.ts'
import { apiHelp, connectApi, readUpload, type ApiCommand } from './api-command.ts'
import { commandLanguage } from './command-language.ts'
import { exitStatus } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'
import { showProgress } from './progress.ts'

type Json = { readonly json?: boolean }
type Domain = Json & {
  readonly host: string
  readonly base: string
  readonly bind: string
  readonly startTls?: boolean
  readonly port?: string
  readonly authority?: string
  readonly serverName?: string
  readonly every: string
}
type Look = Json & { readonly full?: boolean; readonly acceptLoss?: boolean }

const pollMs = 500
/** A reading that is not over by then is left alone; it goes on in the server. */
const patienceMs = 15 * 60_000

export const accountsAddDomainCommand: ApiCommand = {
  name: 'accounts add-domain',
  routes: [addDirectorySource],
  register(parent) {
    parent
      .command('add-domain <name>')
      .description('Read an Active Directory or Samba domain over LDAP, on schedule')
      .requiredOption('--host <name>', 'a domain controller, as its certificate names it')
      .requiredOption('--base <dn>', 'where the tree begins: DC=corp,DC=example,DC=com')
      .requiredOption('--bind <name>', 'an account that may read and nothing else')
      .option('--start-tls', 'StartTLS in place of LDAPS')
      .option('--port <number>', '636, or 389 with --start-tls')
      .option('--authority <file>', 'certificate of the authority (PEM)')
      .option('--server-name <name>', 'name in the certificate, when it is not that of --host')
      .option('--every <hours>', 'how often it is read', '1')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', `\nIts password is read from ARINOMAMA_BIND_PASSWORD.\n${apiHelp}`)
      .action(async (name: string, options: Domain) => {
        await runCommand(async () => addDomain(name, options))
      })
  },
}

export const accountsAddListCommand: ApiCommand = {
  name: 'accounts add-list',
  routes: [addDirectorySource],
  register(parent) {
    parent
      .command('add-list <name>')
      .description('Name a service whose lists of accounts are handed in')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (name: string, { json }: Json) => {
        await runCommand(async () => {
          const body = { name, target: { kind: 'list' as const }, everyHours: 24 }
          const done = await connectApi().call(addDirectorySource, { body })
          finish(exitStatus.right, said(json, done, `${name} is ${done.id}\n`))
        })
      })
  },
}

export const accountsObserveCommand: ApiCommand = {
  name: 'accounts observe',
  routes: [listDirectorySources, observeDirectory, getDirectoryRun],
  register(parent) {
    parent
      .command('observe <source>')
      .description('Read a directory now, by name or id')
      .option('--full', 'everything, not only what has changed')
      .option('--accept-loss', 'more than a tenth of the accounts are gone, and rightly so')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (source: string, options: Look) => {
        await runCommand(async () => observe(source, options))
      })
  },
}

export const accountsImportCommand: ApiCommand = {
  name: 'accounts import',
  routes: [listDirectorySources, importAccounts],
  register(parent) {
    parent
      .command('import <source> <file>')
      .description('Hand in a list of accounts that a service exported (CSV or JSON)')
      .option('--accept-loss', 'more than a tenth of the accounts are gone, and rightly so')
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', apiHelp)
      .action(async (source: string, file: string, options: Look) => {
        await runCommand(async () => importList(source, file, options))
      })
  },
}

async function addDomain(name: string, options: Domain): Promise<void> {
  const password = process.env['ARINOMAMA_BIND_PASSWORD'] ?? ''
  if (password === '') throw new UsageError('give the password in ARINOMAMA_BIND_PASSWORD')
  const { host, base, bind, startTls = false, authority, serverName, json } = options
  const port = Number(options.port ?? (startTls ? 389 : 636))
  const everyHours = Number(options.every)
  if (!Number.isInteger(port) || !Number.isInteger(everyHours)) {
    throw new UsageError('--port and --every take whole numbers')
  }
  const done = await connectApi().call(addDirectorySource, {
    body: {
      name,
      everyHours,
      target: {
        kind: 'active-directory',
        host,
        port,
        encryption: startTls ? 'start-tls' : 'ldaps',
        baseDn: base,
        bindName: bind,
        password,
        authority: authority === undefined ? null : readFileSync(authority, 'utf8'),
        serverName: serverName ?? null,
      },
    },
  })
  finish(exitStatus.right, said(json, done, `${name} is ${done.id}; it is read within a minute.\n`))
}

async function observe(named: string, options: Look): Promise<void> {
  const api = connectApi()
  const source = await idOf(api, named)
  const lossAccepted = options.acceptLoss === true
  const body = { full: options.full === true || lossAccepted, lossAccepted }
  const { run } = await api.call(observeDirectory, { params: { source }, body })
  const shown = showProgress(options.json === true)
  const endsMs = performance.now() + patienceMs
  for (;;) {
    const now = await api.call(getDirectoryRun, { params: { run } })
    shown.update(`${named}: ${now.step[commandLanguage()]}`, now.done, now.of)
    if (now.state !== 'running' || performance.now() > endsMs) {
      shown.end(`${named}: ${now.state}`)
      const status = now.state === 'succeeded' ? exitStatus.right : exitStatus.wrong
      const why = now.failure?.explanation[commandLanguage()] ?? `entry ${now.seq ?? '-'}`
      return finish(status, said(options.json, now, `${named}: ${now.state}, ${why}\n`))
    }
    await sleep(pollMs)
  }
}

async function importList(named: string, file: string, options: Look): Promise<void> {
  const api = connectApi()
  const done = await api.call(importAccounts, {
    params: { source: await idOf(api, named) },
    query: { lossAccepted: options.acceptLoss === true ? 'yes' : 'no' },
    body: readUpload(file, importAccounts.body.bytes),
  })
  const ignored = done.ignored.length === 0 ? '' : `; not understood: ${done.ignored.join(', ')}`
  const failed = done.failure?.explanation[commandLanguage()]
  const text = failed ?? `${done.accounts} accounts recorded${ignored}`
  const status = failed === undefined ? exitStatus.right : exitStatus.wrong
  finish(status, said(options.json, done, `${text}\n`))
}

async function idOf(api: Api, named: string): Promise<string> {
  const sources = await api.call(listDirectorySources, {})
  const found = sources.find(
    ({ id, name, state }) => state === 'active' && (id === named || name === named),
  )
  if (found === undefined) throw new UsageError(`there is no source of accounts ${named}`)
  return found.id
}

function said(json: boolean | undefined, answer: unknown, text: string): string {
  return json === true ? `${JSON.stringify(answer)}\n` : text
}
