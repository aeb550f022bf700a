import type { Command } from 'commander'
import { LedgerError } from '../ledger/ledger-error.ts'
import { cosignersOf } from '../ledger/policy.ts'
import { parseProof, verifyProof } from '../ledger/proof.ts'
import { exitStatus, exitStatusHelp } from './exit-status.ts'
import { vkeyInExtra } from './ledger-prove.ts'
import { UsageError, policyOfKey, readInput, trustOf } from './ledger-trust.ts'
import type { TrustOptions } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

type Options = TrustOptions & { readonly entry?: string; readonly json?: boolean }

const description = `Check a .tlog-proof with nothing but the entry beside it.

Give the log's key with --vkey or --policy, from the report or from whoever you trust. Without,
the key that the proof brings along is used and shown: it proves nothing until you compare it.`

export function checkCommand(ledger: Command): void {
  ledger
    .command('check <file>')
    .summary('check a .tlog-proof with nothing but the entry beside it')
    .description(description)
    .option('--entry <file>', 'the entry; the .json beside the proof when absent')
    .option('--policy <file>', 'a tlog-policy file: logs, witnesses, quorum')
    .option('--vkey <key>', 'the verifier key of the log')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', exitStatusHelp)
    .action(async (file: string, options: Options) => {
      await runCommand(async () => check(file, options))
    })
}

function check(file: string, options: Options): void {
  const bytes = readInput(file)
  const entry = readInput(options.entry ?? file.replace(/\.tlog-proof$/, '.json'))
  const given = trustOf(options)
  const brought = broughtKey(bytes)
  if (given === undefined && brought === undefined) {
    throw new UsageError('the proof brings no key: give it with --vkey KEY or --policy FILE')
  }
  const policy = given ?? policyOfKey(brought ?? '')
  try {
    const { index, opened } = verifyProof(bytes, entry, policy)
    const { origin, size } = opened.checkpoint
    const outcome = {
      ok: true,
      index,
      size,
      origin,
      cosigners: cosignersOf(policy, opened.cosignatures),
      keyGiven: given !== undefined,
      vkey: brought,
    }
    const note =
      given === undefined
        ? `The key came with the proof. Compare it with the one you were given:\n  ${brought}\n`
        : ''
    const text =
      `The entry is number ${index} of the ${size} entries of ${origin}.\n` +
      `cosigned by ${outcome.cosigners.join(', ') || 'nobody'}\n${note}`
    finish(exitStatus.right, options.json === true ? `${JSON.stringify(outcome)}\n` : text)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const { code, message } = error
    const outcome = `${JSON.stringify({ ok: false, code, message })}\n`
    const text = `The proof does not hold (${code}): ${message}\n`
    finish(exitStatus.wrong, options.json === true ? outcome : text)
  }
}

function broughtKey(bytes: Uint8Array): string | undefined {
  try {
    return vkeyInExtra(parseProof(bytes).extra)
  } catch (error) {
    // Whoever gave the key still learns why the proof is malformed; see above.
    if (error instanceof LedgerError) return undefined
    throw error
  }
}
