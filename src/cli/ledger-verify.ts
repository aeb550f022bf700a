import type { Command } from 'commander'
import { hashToBase64 } from '../ledger/merkle.ts'
import type { Policy } from '../ledger/policy.ts'
import { parseSource } from '../ledger/source.ts'
import { verifyLedger } from '../ledger/verify.ts'
import type { Finding } from '../ledger/verify-bundles.ts'
import { UsageError, readInput, trustOf } from './ledger-trust.ts'
import type { TrustOptions } from './ledger-trust.ts'
import { exitStatus, exitStatusHelp } from './exit-status.ts'
import { finish, runCommand } from './outcome.ts'
import { showProgress } from './progress.ts'

export type HereOptions = {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  /** Whose cosignatures are asked for beside the ledger's own signature; none when absent. */
  readonly policy?: Policy | undefined
  readonly onProgress: (step: string, done: number, total: number) => void
}

/** Verifies files, database and views of a data folder; the ledger's own key is in it. */
export type VerifyHere = (options: HereOptions) => Promise<Verified>

type Verified = {
  readonly size: number
  readonly root: string
  readonly entries: number
  readonly cosigners: readonly string[]
  readonly findings: readonly Finding[]
}

type Options = TrustOptions & {
  readonly extends?: readonly string[]
  readonly data: string
  readonly database?: string
  readonly threads?: string
  readonly json?: boolean
}

const description = `Recompute everything and say what is not as it was signed.

With a folder or URL of a ledger: offline, with nothing else; say whose signature counts with
--policy or --vkey. Without: the files, the database and every view of the data folder.`

export function verifyCommand(
  ledger: Command,
  needs: { readonly verifyHere: VerifyHere; readonly dataFolder: () => string },
): void {
  ledger
    .command('verify [source]')
    .summary('recompute everything and name what is not as signed')
    .description(description)
    .option('--policy <file>', 'a tlog-policy file: logs, witnesses, quorum')
    .option('--vkey <key>', 'the verifier key of the log, when no witness is asked for')
    .option('--extends <file...>', 'earlier checkpoints that the ledger must extend')
    .option('--data <folder>', 'the data folder', needs.dataFolder())
    .option('--database <url>', 'the PostgreSQL to hold against the files (DATABASE_URL)')
    .option('--threads <count>', 'how many threads recompute hashes')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', exitStatusHelp)
    .action(async (source: string | undefined, options: Options) => {
      await runCommand(async () => {
        const shown = showProgress(options.json === true)
        const started = performance.now()
        const verified =
          source === undefined
            ? await needs.verifyHere({
                dataFolder: options.data,
                databaseUrl: options.database ?? process.env['DATABASE_URL'],
                policy: trustOf(options),
                onProgress: shown.update,
              })
            : await verifyFiles(source, options, shown.update)
        shown.end('verified')
        print(verified, options, (performance.now() - started) / 1000)
      })
    })
}

async function verifyFiles(
  source: string,
  options: Options,
  onProgress: HereOptions['onProgress'],
): Promise<Verified> {
  const policy = trustOf(options)
  if (policy === undefined) {
    throw new UsageError('say whose signature counts: --vkey KEY or --policy FILE')
  }
  const threads = options.threads === undefined ? undefined : Number(options.threads)
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new UsageError('--threads takes a number from 1 on')
  }
  const { checkpoint, entries, cosigners, findings } = await verifyLedger({
    source: parseSource(source),
    policy,
    earlier: new Map((options.extends ?? []).map((path) => [path, readInput(path)])),
    ...(threads === undefined ? {} : { threads }),
    onProgress: (done, total) => onProgress('files', done, total),
  })
  const root = checkpoint === undefined ? '' : hashToBase64(checkpoint.root)
  return { size: checkpoint?.size ?? 0, root, entries, cosigners, findings }
}

/** More findings than this are only counted on a terminal. */
const SHOWN_MAX = 200

function print(verified: Verified, { json }: Options, seconds: number): void {
  const { size, root, entries, cosigners, findings } = verified
  const status = findings.length === 0 ? exitStatus.right : exitStatus.wrong
  if (json === true) return finish(status, `${JSON.stringify({ ok: status === 0, ...verified })}\n`)
  const lines = findings
    .slice(0, SHOWN_MAX)
    .map(({ code, where, message }) => `  ${code}  ${where}: ${message}`)
  if (findings.length > SHOWN_MAX) lines.push(`  and ${findings.length - SHOWN_MAX} more`)
  const rate = Math.round(entries / Math.max(0.001, seconds)).toLocaleString('en-US')
  const summary = [
    findings.length === 0
      ? `Everything is as signed: ${size.toLocaleString('en-US')} entries.`
      : `${findings.length.toLocaleString('en-US')} findings in ${size.toLocaleString('en-US')} entries:`,
    ...lines,
    `root ${root}`,
    `cosigned by ${cosigners.length === 0 ? 'nobody' : cosigners.join(', ')}`,
    `${seconds.toFixed(2)} s, ${rate} entries/s`,
  ]
  finish(status, `${summary.join('\n')}\n`)
}
