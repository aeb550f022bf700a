import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { getSignature, signatureBundle, type SignatureBundle } from '../contract/session.ts'
import { verifyStatement } from '../ledger/signing/assertion.ts'
import {
  allowedSigner,
  sshFingerprint,
  sshPublicKey,
  sshSignature,
} from '../ledger/signing/sshsig.ts'
import { apiHelp, connectApi, type ApiCommand } from './api-command.ts'
import { exitStatus, exitStatusHelp } from './exit-status.ts'
import { readInput, UsageError } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

export const signatureExportCommand: ApiCommand = {
  name: 'signature export',
  routes: [getSignature],
  register(parent) {
    parent
      .command('export <entry>')
      .description('Write the signature of an entry, for this program and for ssh-keygen')
      .option('--out <folder>', 'where the files go', '.')
      .option('--json', 'print what was written as JSON')
      .addHelpText('after', apiHelp)
      .action(async (entry: string, options: { out: string; json?: boolean }) => {
        await runCommand(async () => exportSignature(entry, options))
      })
  },
}

/** `signature check FILE`: needs no server and no trust in one. */
export function signatureCheckCommand(parent: Command): void {
  parent
    .command('check <file>')
    .description('Check an exported signature offline: statement, passkey, presence of the person')
    .option('--fingerprint <SHA256:…>', 'the passkey that you were told; shown when absent')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', exitStatusHelp)
    .action(async (file: string, options: { fingerprint?: string; json?: boolean }) => {
      await runCommand(async () => {
        check(file, options)
      })
    })
}

async function exportSignature(
  entry: string,
  { out, json }: { out: string; json?: boolean },
): Promise<void> {
  const seq = Number(entry)
  if (!Number.isSafeInteger(seq) || seq < 0) throw new UsageError(`${entry} is no entry’s index`)
  const bundle = await connectApi().call(getSignature, { params: { seq } })
  mkdirSync(out, { recursive: true })
  const path = (suffix: string) => join(out, `entry-${seq}.${suffix}`)
  const files = {
    [path('signature.json')]: `${JSON.stringify(bundle, null, 2)}\n`,
    [path('statement')]: bundle.signature.statement,
    [path('statement.sig')]: bundle.sshSignature,
    [path('allowed_signers')]: bundle.allowedSigners,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(name, content)
  const text =
    `${Object.keys(files).join('\n')}\n\n` +
    `arinomama signature check ${path('signature.json')}\n` +
    `ssh-keygen -Y verify -n arinomama -I ${bundle.person} -f ${path('allowed_signers')} \\\n` +
    `  -s ${path('statement.sig')} -Overify-time=${verifyTime(bundle)} < ${path('statement')}\n` +
    'ssh-keygen does not look whether the person was verified (PIN, fingerprint); check does.\n'
  const outcome = { ok: true, seq, person: bundle.person, files: Object.keys(files) }
  finish(exitStatus.right, json === true ? `${JSON.stringify(outcome)}\n` : text)
}

function check(file: string, options: { fingerprint?: string; json?: boolean }): void {
  const bundle = parseBundle(file)
  const faults = faultsOf(bundle, options.fingerprint)
  const { person, fingerprint, signedAt, signature } = bundle
  const status = faults.length === 0 ? exitStatus.right : exitStatus.wrong
  if (options.json === true) {
    const outcome = { ok: faults.length === 0, faults, person, fingerprint, signedAt }
    return finish(status, `${JSON.stringify(outcome)}\n`)
  }
  const note =
    options.fingerprint === undefined
      ? `Compare the passkey with what ${person} tells you:\n  ${fingerprint}\n`
      : ''
  const text =
    faults.length === 0
      ? `${person} signed this on ${signedAt}, present and verified:\n${signature.statement}\n${note}`
      : `The signature does not hold: ${faults.join(', ')}\n`
  finish(status, text)
}

/** Nothing in the file is believed that can be computed again. */
function faultsOf(bundle: SignatureBundle, told: string | undefined): string[] {
  const { signature, publicKey, rpId, origin, person } = bundle
  const { credentialId } = signature
  const verified = verifyStatement(signature, { credentialId, publicKey, rpId, origin })
  if (typeof verified === 'string') return [verified]
  const sshKey = sshPublicKey(verified.key, rpId)
  const fingerprint = sshFingerprint(sshKey)
  const valid = { from: bundle.enrolledAt, until: bundle.revokedAt }
  const stated: Partial<Record<string, unknown>> = { ...Object(JSON.parse(signature.statement)) }
  const holds = {
    'other-fingerprint':
      fingerprint === bundle.fingerprint && fingerprint === (told ?? fingerprint),
    'other-person': stated['signer'] === person,
    'other-origin': stated['origin'] === origin,
    'other-time': stated['at'] === bundle.signedAt,
    'key-not-valid-then':
      bundle.enrolledAt <= bundle.signedAt &&
      (bundle.revokedAt === null || bundle.signedAt <= bundle.revokedAt),
    'ssh-files-differ':
      bundle.sshSignature === sshSignature(sshKey, verified) &&
      bundle.allowedSigners === allowedSigner(person, sshKey, valid),
  }
  return Object.entries(holds).flatMap(([fault, isRight]) => (isRight ? [] : [fault]))
}

function parseBundle(file: string): SignatureBundle {
  const bytes = readInput(file)
  try {
    return signatureBundle.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw new UsageError(`${file} is not an exported signature`, { cause: error })
  }
}

/** `20260401093000Z` of the signing, since a passkey may have been replaced after it. */
function verifyTime({ signedAt }: SignatureBundle): string {
  return signedAt.replaceAll(/[-:T]|\.\d+/g, '')
}
