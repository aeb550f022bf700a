import { z } from 'zod'
import type { Act } from '../../contract/session.ts'
import { maySign, type Passkey } from '../../domain/access/account.ts'
import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import { guestRoles, may } from '../../domain/access/permission.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Signature } from '../../domain/signature.ts'
import { verifyStatement } from '../../ledger/signing/assertion.ts'
import { signingChallenge } from '../../ledger/signing/sshsig.ts'
import { isCopied, type RelyingParty } from '../access/passkeys.ts'
import { passkeyOf } from '../access/reads.ts'
import { newSecret } from '../access/secrets.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import type { ActHandler, Signer, Statement } from '../signed-act.ts'
import { PreparedStatements } from './prepared.ts'

/** Where the ledger stood: signing it shows that the signature is not older than that. */
export type LedgerHead = { readonly size: number; readonly root: string }

export type SigningNeeds = {
  readonly acts: readonly ActHandler[]
  readonly access: RoomHandle<AccessCommand, Access, AccessRefusal>
  readonly party: RelyingParty
  /** A guest signs with the passkeys on his customer's roster, whatever the accounts say of them. */
  readonly guestKeys: (person: string) => Promise<ReadonlySet<string>>
  /** The last published checkpoint; null before the first. */
  readonly head: () => Promise<LedgerHead | null>
}

type Prepared = {
  /** The exact text to sign; the person sees all of it. */
  readonly statement: string
  /** WebAuthn request options whose challenge is that of the statement. */
  readonly options: Readonly<Record<string, unknown>>
}

export type Signing = {
  readonly prepare: (act: Act, signer: Signer) => Promise<Prepared | Refused>
  readonly submit: (signature: Signature, signer: Signer) => Promise<Handled | Refused>
}

const lifetimeMs = 10 * 60_000
const version = 'arinomama-statement/v1'

/**
 * @throws Error when an act has two handlers.
 */
export function openSigning(engine: Engine, needs: SigningNeeds): Signing {
  const acts = new Map(needs.acts.map((one) => [one.act, one]))
  if (acts.size !== needs.acts.length) throw new Error('an act that is signed has two handlers')
  const prepared = new PreparedStatements(() => Date.parse(engine.now()))
  return {
    async prepare(act, signer) {
      const handler = acts.get(act.act)
      if (handler === undefined || !may(signer.role, handler.permission)) return refuse('forbidden')
      const keys = await signingKeys(engine, needs, handler, signer)
      if (isRefused(keys)) return keys
      const worded = await handler.statement(act, signer)
      if (isRefusal(worded)) return worded
      const atMs = Date.parse(engine.now())
      const untilMs = atMs + lifetimeMs
      const statement = canonicalJson({
        ...worded,
        format: version,
        signer: signer.person,
        origin: needs.party.origin,
        at: new Date(atMs).toISOString(),
        until: new Date(untilMs).toISOString(),
        nonce: newSecret(),
        ledger: await needs.head(),
      })
      prepared.keep(statement, signer.person, untilMs)
      return { statement, options: requestOptions(needs.party, statement, keys) }
    },
    async submit(signature, signer) {
      const outcome = await prepared.once(signature.statement, signer.person, () =>
        carryOut(engine, needs, acts, signature, signer),
      )
      return outcome ?? refuse('statement-not-prepared')
    },
  }
}

async function carryOut(
  engine: Engine,
  needs: SigningNeeds,
  acts: ReadonlyMap<string, ActHandler>,
  signature: Signature,
  signer: Signer,
): Promise<Handled | Refused> {
  const statement = anObject.parse(JSON.parse(signature.statement))
  const handler = acts.get(String(statement['act']))
  if (handler === undefined || !may(signer.role, handler.permission)) return refuse('forbidden')
  const keys = await signingKeys(engine, needs, handler, signer)
  if (isRefused(keys)) return keys
  const passkey = keys.find((one) => one.credentialId === signature.credentialId)
  if (passkey === undefined) return refuse('signature-invalid', 'other-credential')
  const { credentialId, publicKey, rpId } = passkey
  const { origin } = needs.party
  const verified = verifyStatement(signature, { credentialId, publicKey, rpId, origin })
  if (typeof verified === 'string') return refuse('signature-invalid', verified)
  const row = await passkeyOf(await engine.views(), credentialId)
  if (isCopied(row?.sign_count ?? 0, verified.counter)) return refuse('passkey-copied')
  return handler.carryOut(statement, signature, signer)
}

/**
 * The passkeys with which this person may sign this act, from the entries themselves. What everybody
 * signs for themselves (that they have read a policy) needs no one to vouch; every approval does.
 */
async function signingKeys(
  engine: Engine,
  needs: SigningNeeds,
  handler: ActHandler,
  { person, role }: Signer,
): Promise<Passkey[] | Refused> {
  const { accounts } = await needs.access.state('access')
  const passkeys = accounts.get(person)?.passkeys ?? []
  const own = passkeys.filter((one) => one.state === 'active')
  if (handler.permission === 'signed-in') return own
  if (guestRoles.includes(role)) {
    const vouchedFor = await needs.guestKeys(person)
    const listed = own.filter((one) => vouchedFor.has(one.credentialId))
    return listed.length === 0 ? refuse('contact-not-on-roster') : listed
  }
  const vouched = own.filter((one) => maySign(accounts, person, one.credentialId, engine.now()))
  return vouched.length === 0 ? refuse('passkey-unconfirmed') : vouched
}

function requestOptions(party: RelyingParty, statement: string, keys: readonly Passkey[]) {
  const challenge = signingChallenge(new TextEncoder().encode(statement))
  return {
    challenge: Buffer.from(challenge).toString('base64url'),
    rpId: party.rpId,
    allowCredentials: keys.map((one) => ({ type: 'public-key', id: one.credentialId })),
    userVerification: 'required',
    timeout: lifetimeMs,
  }
}

const anObject = z.record(z.string(), z.unknown())

/** A statement has an act; a refusal has a code. */
function isRefusal(worded: Statement | Refused): worded is Refused {
  return 'refused' in worded
}
