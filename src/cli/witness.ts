import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import {
  formatVerifierKey,
  generateKey,
  parseSigningKey,
  parseVerifierKey,
} from '../ledger/keys.ts'
import type { SigningKey } from '../ledger/keys.ts'
import { LedgerError } from '../ledger/ledger-error.ts'
import { openWitness } from '../ledger/witness-folder.ts'
import { witnessServer } from '../ledger/witness-server.ts'
import { exitStatusHelp } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'
import { runCommand } from './outcome.ts'

type Options = {
  readonly name?: string
  readonly log: readonly string[]
  readonly folder: string
  readonly host: string
  readonly port: string
}

/** What a witness needs of the program: that no other process uses its folder. */
export type WitnessCommandNeeds = {
  readonly lockFolder: (folder: string) => Promise<{ release(): void }>
}

const description = `Run a witness of logs: it cosigns only what extends what it has seen.

It needs nothing of the log but its verifier key. Run it on a machine that the log's operators
do not control; that is what makes it worth something.`

/** `arinomama witness`. */
export function witnessCommand(program: Command, needs: WitnessCommandNeeds): void {
  program
    .command('witness')
    .summary('run a witness of logs')
    .description(description)
    .option('--name <name>', 'the witness’s key name, such as witness.example/w1 (first start)')
    .requiredOption('--log <vkey...>', 'verifier keys of the logs to witness')
    .option('--folder <folder>', 'where its key and what it has cosigned are kept', './witness')
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <port>', 'the port; 0 takes a free one', '8421')
    .addHelpText('after', exitStatusHelp)
    .action(async (options: Options) => {
      await runCommand(async () => run(options, needs))
    })
}

async function run(options: Options, needs: WitnessCommandNeeds): Promise<void> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`${options.port} is no port`)
  }
  const logs = options.log.map(readLog)
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const lock = await needs.lockFolder(options.folder)
  try {
    const key = openKey(options)
    const witness = openWitness({
      folder: options.folder,
      key,
      logs,
      nowS: () => Math.floor(Date.now() / 1000),
    })
    const say = (line: string) => void process.stdout.write(`${line}\n`)
    const server = witnessServer(witness, { key: key.verifier, logs, onAnswer: say })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, options.host, resolve)
    })
    const address = server.address()
    const at = typeof address === 'object' && address !== null ? address.port : port
    const name = options.host.includes(':') ? `[${options.host}]` : options.host
    say(`witness ${formatVerifierKey(key.verifier)} http://${name}:${at}/`)
    await toldToEnd()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  } finally {
    lock.release()
  }
}

function readLog(vkey: string) {
  try {
    return parseVerifierKey(vkey)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new UsageError(`--log ${vkey}: ${error.message}`, { cause: error })
  }
}

/** The witness's own key, made at the first start. */
function openKey({ folder, name }: Options): SigningKey {
  const path = join(folder, 'witness.key')
  if (existsSync(path)) {
    const key = parseSigningKey(readFileSync(path, 'utf8').trimEnd())
    if (name === undefined || name === key.verifier.name) return key
    throw new UsageError(`the key in ${folder} is named ${key.verifier.name}, not ${name}`)
  }
  if (name === undefined) throw new UsageError('give the new witness a name with --name')
  const { skey } = generateKey(name, 'cosignature')
  writeFileSync(path, `${skey}\n`, { mode: 0o600, flush: true, flag: 'wx' })
  return parseSigningKey(skey)
}

function toldToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  return promise
}
