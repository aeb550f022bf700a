import { randomBytes } from 'node:crypto'
import { openTree } from '../../ledger/integrate.ts'
import { formatVerifierKey } from '../../ledger/keys.ts'
import type { SigningKey, VerifierKey } from '../../ledger/keys.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { parsePolicy } from '../../ledger/policy.ts'
import type { Policy } from '../../ledger/policy.ts'
import type { Clock, EntryLog } from '../ports.ts'
import { integrator, stopOf } from './integrator.ts'
import type { Integrator } from './integrator.ts'
import { LedgerStop } from './ledger-stop.ts'
import type { KeySafe, LedgerStorage, Publication } from './ports.ts'
import { readPublished } from './publishing-run.ts'
import { openSigned, signer } from './signer.ts'
import type { Signer } from './signer.ts'

export type Started = {
  readonly integrator: Integrator
  readonly signer: Signer
  readonly policy: Policy
  /** The policy that strangers need, as a file: this log, its witnesses, its quorum. */
  readonly policyText: string
}

export type StartOptions = {
  readonly log: EntryLog
  readonly storage: LedgerStorage
  readonly safe: KeySafe
  readonly publication: Publication
  readonly clock: Clock
  /** Names the log in its first checkpoint and for ever; used at the first start only. */
  readonly origin?: string | undefined
  /** A tlog-policy file of witnesses and quorum; without one nobody is asked. */
  readonly witnessPolicy?: Uint8Array | undefined
}

/**
 * Finds out whether this ledger may go on: the right key, a database that has everything that was
 * signed, files that are whole and lead to the signed root. Rejects with `LedgerStop` when not; then
 * nothing was changed but that missing files have been made from the entries.
 */
export async function startLedger(options: StartOptions): Promise<Started> {
  const { log, storage, publication } = options
  const key = await openKey(options)
  const { policy, policyText } = readPolicy(options.witnessPolicy, key.verifier)
  // Sizes first: a database that is too short must not make files out of what it has.
  await requireLongEnough(options, key.verifier)
  const integrating = integrator(log, storage, publication)
  const signing = signer(key, options)
  const head = await integrating.catchUp()
  // Even when there was nothing to integrate: the edge is what the next entries are added to.
  await openTree({ ...head, read: storage.read }).catch((error: unknown) => {
    throw stopOf(error)
  })
  await signing.check(head, await publication.newest())
  return { integrator: integrating, signer: signing, policy, policyText }
}

async function openKey({ safe, publication, origin }: StartOptions): Promise<SigningKey> {
  const found = await safe.key().catch((error: unknown) => {
    throw new LedgerStop('ledger-key-damaged', String(error), { cause: error })
  })
  const known = await publication.knownIdentity()
  if (found === null && known !== null) throw new LedgerStop('ledger-key-missing', known.vkey)
  let key = found
  try {
    key ??= await safe.create(origin ?? `arinomama/ledger/${randomBytes(8).toString('hex')}`)
  } catch (error) {
    throw stopOf(error)
  }
  const vkey = formatVerifierKey(key.verifier)
  const identity = await publication.identity({ origin: key.verifier.name, vkey })
  if (identity.vkey === vkey) return key
  throw new LedgerStop('ledger-key-wrong', `${vkey}; ${identity.vkey}`)
}

function readPolicy(
  file: Uint8Array | undefined,
  own: VerifierKey,
): { policy: Policy; policyText: string } {
  const vkey = formatVerifierKey(own)
  if (file === undefined) {
    const policyText = `log ${vkey}\nquorum none\n`
    return { policy: parsePolicy(Buffer.from(policyText)), policyText }
  }
  try {
    const given = parsePolicy(file)
    const isNamed = given.logs.some(({ key }) => formatVerifierKey(key) === vkey)
    const text = Buffer.from(file).toString('utf8')
    const policyText = isNamed ? text : `log ${vkey}\n${text}`
    return { policy: parsePolicy(Buffer.from(policyText)), policyText }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new LedgerStop('ledger-policy-malformed', error.message, { cause: error })
  }
}

async function requireLongEnough(options: StartOptions, key: VerifierKey): Promise<void> {
  const { log, storage, safe, publication } = options
  const size = await log.size()
  const newest = await publication.newest()
  const notes: [string, Uint8Array | null][] = [
    ['ledger.checkpoints', newest === null ? null : Buffer.from(newest.text)],
    ['keys/signed-checkpoint', await safe.signed()],
    ['ledger/checkpoint', await readPublished(storage)],
  ]
  for (const [where, note] of notes) {
    if (note === null) continue
    const signed = openSigned(note, key, where).size
    if (signed > size)
      throw new LedgerStop('ledger-database-short', `${size} < ${signed}, ${where}`)
  }
}
