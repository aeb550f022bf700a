import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { NewPasskey } from '../../domain/access/commands.ts'
import { formatCoseKey, parseCoseKey } from '../../ledger/signing/cose-key.ts'
import { sshFingerprint, sshPublicKey } from '../../ledger/signing/sshsig.ts'

/** The relying party: the name in the address, and the address itself. */
export type RelyingParty = { readonly rpId: string; readonly origin: string }

export type KnownPasskey = { readonly credentialId: string; readonly publicKey: string }

export type Assertion = { readonly signCount: number; readonly backedUp: boolean }

/** Loaded when somebody first comes to a door: it is large, and nothing else needs it. */
const library = () => import('@simplewebauthn/server')

/** Only ES256: what OpenSSH can verify too. */
const es256 = -7
const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/)
const credentialId = base64url.min(1).max(1_400)

const registration = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url.max(4_000),
    attestationObject: base64url.max(20_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

const authentication = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url.max(4_000),
    authenticatorData: base64url.max(4_000),
    signature: base64url.max(4_000),
    userHandle: base64url.max(200).nullish(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

/** Options with which a browser makes a passkey for this person. */
export async function creationOptions(
  party: RelyingParty,
  user: { readonly person: string; readonly name: string; readonly email: string },
  known: readonly string[],
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Arinomama',
    rpID: party.rpId,
    userID: new TextEncoder().encode(user.person),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    supportedAlgorithmIDs: [es256],
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: ceremonyMs,
  })
}

const ceremonyMs = 5 * 60_000

/** Options with which a browser signs in: any passkey of this relying party. */
export async function requestOptions(party: RelyingParty) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: party.rpId,
    userVerification: 'required',
    timeout: ceremonyMs,
  })
}

/** The browser's new passkey, verified; null when anything about it is not right. */
export async function readRegistration(
  party: RelyingParty,
  credential: unknown,
  isExpected: (challenge: string) => boolean,
): Promise<NewPasskey | null> {
  const read = registration.safeParse(credential)
  if (!read.success) return null
  const response: RegistrationResponseJSON = {
    ...read.data,
    clientExtensionResults: {},
    response: {
      clientDataJSON: read.data.response.clientDataJSON,
      attestationObject: read.data.response.attestationObject,
    },
  }
  const { verifyRegistrationResponse } = await library()
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: isExpected,
    expectedOrigin: party.origin,
    expectedRPID: party.rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: [es256],
  }).catch(() => null)
  if (verified?.verified !== true) return null
  const {
    credential: made,
    aaguid,
    credentialDeviceType,
    credentialBackedUp,
  } = verified.registrationInfo
  const key = parseCoseKey(made.publicKey)
  if (key === undefined) return null
  return {
    credentialId: made.id,
    publicKey: Buffer.from(formatCoseKey(key)).toString('base64url'),
    fingerprint: sshFingerprint(sshPublicKey(key, party.rpId)),
    rpId: party.rpId,
    origin: party.origin,
    aaguid,
    signCount: made.counter,
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
    transports: read.data.response.transports ?? [],
  }
}

/** Id of the passkey with which a browser wants to sign in; null when it sent something else. */
export function credentialIdOf(credential: unknown): string | null {
  const read = authentication.safeParse(credential)
  return read.success && read.data.id === read.data.rawId ? read.data.id : null
}

/** The browser's answer to sign-in options; null when anything about it is not right. */
export async function readAssertion(
  party: RelyingParty,
  credential: unknown,
  passkey: KnownPasskey,
  isExpected: (challenge: string) => boolean,
): Promise<Assertion | null> {
  const read = authentication.safeParse(credential)
  if (!read.success) return null
  const { clientDataJSON, authenticatorData, signature } = read.data.response
  const response: AuthenticationResponseJSON = {
    ...read.data,
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature },
  }
  const { verifyAuthenticationResponse } = await library()
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: isExpected,
    expectedOrigin: party.origin,
    expectedRPID: party.rpId,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      // The counter is judged by us, so that a copied passkey is told from a wrong signature.
      counter: 0,
    },
  }).catch(() => null)
  if (verified?.verified !== true) return null
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return { signCount: newCounter, backedUp: credentialBackedUp }
}

/** An authenticator that counts has been copied when it counts backwards (section 6.1.1). */
export function isCopied(known: number, signCount: number): boolean {
  return (known > 0 || signCount > 0) && signCount <= known
}
