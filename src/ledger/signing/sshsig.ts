import { createHash } from 'node:crypto'
import type { Es256Key } from './cose-key.ts'
import { joined, mpint, sshString, uint32 } from './ssh-wire.ts'

/**
 * What a passkey signs here, so that stock `ssh-keygen -Y verify` can check it: the challenge is the
 * blob that OpenSSH's PROTOCOL.sshsig has an SSH key sign, and a WebAuthn assertion over it is an
 * SSH signature of type `webauthn-sk-ecdsa-sha2-nistp256@openssh.com` (PROTOCOL.u2f).
 */

const namespace = 'arinomama'
const hashName = 'sha512'
const keyType = 'sk-ecdsa-sha2-nistp256@openssh.com'
const signatureType = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com'

/** The challenge for a statement: `"SSHSIG"`, namespace, reserved, hash name, SHA-512. */
export function signingChallenge(statement: Uint8Array): Uint8Array {
  const digest = createHash(hashName).update(statement).digest()
  return joined(
    new TextEncoder().encode('SSHSIG'),
    sshString(namespace),
    sshString(''),
    sshString(hashName),
    sshString(digest),
  )
}

/** The public key as SSH has it; `rpId` is its application. */
export function sshPublicKey({ x, y }: Es256Key, rpId: string): Uint8Array {
  const point = joined(Uint8Array.of(4), x, y)
  return joined(sshString(keyType), sshString('nistp256'), sshString(point), sshString(rpId))
}

/** As `ssh-keygen -l` prints it; short enough for two people to compare. */
export function sshFingerprint(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(publicKey).digest('base64')
  return `SHA256:${digest.replace(/=+$/, '')}`
}

export type SshAssertion = {
  readonly r: Uint8Array
  readonly s: Uint8Array
  readonly flags: number
  readonly counter: number
  readonly extensions: Uint8Array
  readonly origin: string
  readonly clientData: Uint8Array
}

/** The armored signature file. */
export function sshSignature(publicKey: Uint8Array, assertion: SshAssertion): string {
  const { r, s, flags, counter, extensions, origin, clientData } = assertion
  const signature = joined(
    sshString(signatureType),
    sshString(joined(mpint(r), mpint(s))),
    Uint8Array.of(flags),
    uint32(counter),
    sshString(origin),
    sshString(clientData),
    sshString(extensions),
  )
  const blob = joined(
    new TextEncoder().encode('SSHSIG'),
    uint32(1),
    sshString(publicKey),
    sshString(namespace),
    sshString(''),
    sshString(hashName),
    sshString(signature),
  )
  const lines =
    Buffer.from(blob)
      .toString('base64')
      .match(/.{1,70}/g) ?? []
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n')
}

/** A line for an `allowed_signers` file: this person, this namespace, as long as the key was valid. */
export function allowedSigner(
  person: string,
  publicKey: Uint8Array,
  valid: { readonly from: string; readonly until: string | null },
): string {
  const options = [`namespaces="${namespace}"`, `valid-after="${stamp(valid.from, Math.floor)}"`]
  if (valid.until !== null) options.push(`valid-before="${stamp(valid.until, Math.ceil)}"`)
  const key = Buffer.from(publicKey).toString('base64')
  return `${person} ${options.join(',')} ${keyType} ${key}\n`
}

/** `20260401093000Z`, in whole seconds. */
function stamp(instant: string, round: (seconds: number) => number): string {
  const whole = new Date(round(Date.parse(instant) / 1000) * 1000)
  return whole.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
}
