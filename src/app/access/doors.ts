import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Category } from '../../domain/organisation/events.ts'
import type { Role } from '../../domain/access/permission.ts'
import type { Purpose } from './challenges.ts'
import type { AccessAnswer, AccessParts, AnyAnswer } from './parts.ts'
import {
  creationOptions,
  credentialIdOf,
  isCopied,
  readAssertion,
  readRegistration,
  requestOptions,
} from './passkeys.ts'
import { invitationOf, livePasskeys, passkeyOf } from './reads.ts'
import { hashOf } from './secrets.ts'
import type { SignInFailure } from '../../domain/access/events.ts'

type Options = Readonly<Record<string, unknown>>
/** Somebody came in: the session's secret, or null when the passkey waits for confirmation. */
export type CameIn = { readonly seq: number | null; readonly secret: string | null }

type SetUp = {
  readonly token: string
  readonly organisation: {
    readonly name: { readonly ja: string; readonly en: string }
    readonly timeZone: string
  }
  readonly categories: readonly Category[]
  readonly administrator: { readonly name: string; readonly email: string }
  readonly credential: unknown
  readonly language: 'ja' | 'en'
  readonly demonstration: boolean
}

/** The ways in: the set-up link, an invitation, a passkey. Each checks a challenge given out once. */
export type Doors = {
  readonly setUpOptions: (asked: {
    readonly token: string
    readonly name: string
    readonly email: string
  }) => AccessAnswer<Options>
  readonly setUp: (asked: SetUp) => AnyAnswer<CameIn>
  readonly invitation: (token: string) => AccessAnswer<Invited>
  readonly acceptInvitation: (token: string, credential: unknown) => AccessAnswer<CameIn>
  readonly signInOptions: () => Promise<Options>
  readonly signIn: (
    credential: unknown,
    address: string,
  ) => AnyAnswer<{ readonly person: string; readonly secret: string }>
}

type Invited = {
  readonly person: string
  readonly name: string | null
  readonly role: Role
  readonly expiresAt: string
  readonly options: Options
}

export function openDoors(parts: AccessParts): Doors {
  return {
    setUpOptions: (asked) => setUpOptions(parts, asked),
    setUp: (asked) => setUp(parts, asked),
    invitation: (token) => invitation(parts, token),
    acceptInvitation: (token, credential) => acceptInvitation(parts, token, credential),
    async signInOptions() {
      const options = await requestOptions(parts.party)
      parts.challenges.keep(options.challenge, { for: 'sign-in' })
      return { ...options }
    },
    signIn: (credential, address) => signIn(parts, credential, address),
  }
}

async function setUpOptions(
  { engine, party, challenges, setUpLink }: AccessParts,
  { token, name, email }: Parameters<Doors['setUpOptions']>[0],
): AccessAnswer<Options> {
  if (!setUpLink.fits(token)) return refuse('set-up-link-invalid')
  const person = engine.newId('per')
  const options = await creationOptions(party, { person, name, email }, [])
  challenges.keep(options.challenge, { for: 'set-up', person })
  return { ...options }
}

async function setUp(parts: AccessParts, asked: SetUp): AnyAnswer<CameIn> {
  const { engine, organisation, room, setUpLink } = parts
  if (!setUpLink.fits(asked.token)) return refuse('set-up-link-invalid')
  const answered = await answeredRegistration(parts, asked.credential)
  if (answered?.purpose.for !== 'set-up') return refuse('passkey-unverified')
  const { passkey } = answered
  const { person } = answered.purpose
  const { name, timeZone } = asked.organisation
  const { categories, demonstration, administrator, language } = asked
  const done = await engine.transact(
    [
      organisation.room.ask({ type: 'set-up', name, timeZone, categories, demonstration }),
      room.ask({ type: 'found', person, ...administrator, language, passkey }),
    ],
    { by: person },
  )
  if (isRefused(done)) return done
  setUpLink.end()
  const secret = await parts.sessions.start(person, passkey.credentialId)
  return { seq: done.last, secret }
}

async function invitation(parts: AccessParts, token: string): AccessAnswer<Invited> {
  const { engine, party, challenges } = parts
  const hash = hashOf(token)
  const views = await engine.views()
  const found = await invitationOf(views, hash)
  if (found?.state !== 'pending') return refuse('invitation-unknown')
  if (found.expires_at <= engine.now()) return refuse('invitation-expired')
  const { person, name, role, expires_at: expiresAt } = found
  const known = (await livePasskeys(views)).filter((one) => one.person === person)
  const user = { person, name: name ?? person, email: found.email ?? person }
  const options = await creationOptions(
    party,
    user,
    known.map((one) => one.credential_id),
  )
  challenges.keep(options.challenge, { for: 'invitation', invitation: hash })
  return { person, name, role, expiresAt, options: { ...options } }
}

async function acceptInvitation(
  parts: AccessParts,
  token: string,
  credential: unknown,
): AccessAnswer<CameIn> {
  const { engine, room, sessions } = parts
  const hash = hashOf(token)
  const answered = await answeredRegistration(parts, credential)
  if (answered?.purpose.for !== 'invitation' || answered.purpose.invitation !== hash) {
    return refuse('passkey-unverified')
  }
  const { passkey } = answered
  const person = (await invitationOf(await engine.views(), hash))?.person
  if (person === undefined) return refuse('invitation-unknown')
  const done = await room.handle({ type: 'enrol', invitation: hash, passkey }, { by: person })
  if (isRefused(done)) return done
  const enrolled = await passkeyOf(await engine.views(), passkey.credentialId)
  if (enrolled?.state !== 'active') return { seq: done.last, secret: null }
  const secret = await sessions.start(person, passkey.credentialId)
  return { seq: done.last, secret }
}

async function signIn(
  parts: AccessParts,
  credential: unknown,
  address: string,
): AnyAnswer<{ readonly person: string; readonly secret: string }> {
  const { engine, room, failures, sessions } = parts
  const credentialId = credentialIdOf(credential)
  const found = credentialId === null ? null : await enrolledKey(parts, credentialId)
  if (credentialId === null || found === null) {
    failures.count('passkey-unknown', null)
    return refuse('passkey-unknown')
  }
  const { person, publicKey } = found
  const known = { credentialId, publicKey }
  const expected = (challenge: string) => parts.challenges.take(challenge)?.for === 'sign-in'
  const assertion = await readAssertion(parts.party, credential, known, expected)
  if (assertion === null) {
    failures.count('signature-invalid', person)
    return refuse('signature-unverified')
  }
  const { signCount, backedUp } = assertion
  if (isCopied(found.signCount, signCount)) {
    failures.count('passkey-copied', person)
    return refuse('passkey-copied')
  }
  const done = await engine.transact(
    [
      room.ask({ type: 'admit', person, credentialId }),
      room.ask({ type: 'record-sign-in', person, credentialId, signCount, backedUp, address }),
    ],
    { by: person },
  )
  if (isRefused(done)) {
    const reason = failureOf(done)
    if (reason !== null) failures.count(reason, person)
    return done
  }
  return { person, secret: await sessions.start(person, credentialId) }
}

/**
 * Whose passkey it is, and its key. Both come from the entries themselves: a row of a view that
 * somebody has changed lets nobody in.
 */
async function enrolledKey({ engine, room }: AccessParts, credentialId: string) {
  const { accounts } = await room.state('access')
  for (const { person, passkeys } of accounts.values()) {
    const passkey = passkeys.find((one) => one.credentialId === credentialId)
    if (passkey === undefined) continue
    const row = await passkeyOf(await engine.views(), credentialId)
    return { person, publicKey: passkey.publicKey, signCount: row?.sign_count ?? 0 }
  }
  return null
}

function failureOf({ refused }: Refused): SignInFailure | null {
  switch (refused) {
    case 'account-disabled':
    case 'passkey-held':
    case 'passkey-revoked':
    case 'passkey-unknown':
      return refused
    default:
      return null
  }
}

/** The new passkey, and for what its challenge had been given out. */
async function answeredRegistration({ party, challenges }: AccessParts, credential: unknown) {
  const taken: Purpose[] = []
  const passkey = await readRegistration(party, credential, (challenge) => {
    const purpose = challenges.take(challenge)
    if (purpose !== null) taken.push(purpose)
    return purpose !== null
  })
  const purpose = taken[0]
  return passkey === null || purpose === undefined ? null : { passkey, purpose }
}
