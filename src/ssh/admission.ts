import { BlockList, isIP } from 'node:net'
import { equalBytes } from '../ledger/encoding.ts'
import type { Certificate } from './certificate.ts'
import { encodePublicKey, isSecurityKey, type SshPublicKey } from './public-key.ts'
import { verifySsh } from './signature.ts'

/** Why a certificate does not let somebody in. */
export type AdmissionFault =
  | 'other-ca'
  | 'not-yet-valid'
  | 'expired'
  | 'other-principal'
  | 'other-source-address'
  | 'unknown-critical-option'
  | 'security-key-required'
  | 'user-not-present'
  | 'user-not-verified'
  | 'signature-invalid'

export type Admission = {
  readonly ca: SshPublicKey
  readonly nowS: number
  /** A name that the certificate must hold. */
  readonly principal: string
  /** The client's address. */
  readonly address: string
  /** Refuse keys that are not on a FIDO token with its PIN or biometrics. */
  readonly requireSecurityKey: boolean
}

/**
 * Judges a parsed certificate as sshd would, and more strictly: critical options other than
 * `source-address`, `force-command` and `verify-required` are refused. Null when it may enter.
 */
export function admissionFault(
  certificate: Certificate,
  { ca, nowS, principal, address, requireSecurityKey }: Admission,
): AdmissionFault | null {
  if (!equalBytes(encodePublicKey(certificate.ca), encodePublicKey(ca))) return 'other-ca'
  if (nowS < certificate.validAfter) return 'not-yet-valid'
  if (nowS >= certificate.validBefore) return 'expired'
  if (!certificate.principals.includes(principal)) return 'other-principal'
  const options = certificate.criticalOptions
  if (Object.keys(options).some((name) => !knownOptions.includes(name))) {
    return 'unknown-critical-option'
  }
  const source = options['source-address']
  if (source !== undefined && !isAddressIn(address, source ?? '')) return 'other-source-address'
  if (requireSecurityKey && !isSecurityKey(certificate.key.type)) return 'security-key-required'
  return null
}

/** Judges the signature by which the client shows that it holds the certificate's key. */
export function possessionFault(
  certificate: Certificate,
  message: Uint8Array,
  signature: Uint8Array,
): AdmissionFault | null {
  const facts = verifySsh(certificate.key, message, signature)
  if (facts === undefined) return 'signature-invalid'
  if (facts.present === false) return 'user-not-present'
  // Presence without verification is a touch by anybody who holds the token.
  if (facts.verified === false) return 'user-not-verified'
  return null
}

const knownOptions = ['source-address', 'force-command', 'verify-required']

/** True when the address is in a list such as `192.0.2.1/32,2001:db8::/48`; false when it is none. */
export function isAddressIn(address: string, list: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  const family = isIP(plain)
  if (family === 0) return false
  const allowed = new BlockList()
  for (const entry of list.split(',')) {
    const [network = '', bits] = entry.split('/')
    const version = isIP(network)
    const most = version === 4 ? 32 : 128
    const prefix = bits === undefined ? most : Number(bits)
    // What cannot be read allows nobody: a typo must not open the door.
    if (version === 0 || !/^\d{1,3}$/.test(bits ?? '0') || prefix > most) return false
    allowed.addSubnet(network, prefix, version === 4 ? 'ipv4' : 'ipv6')
  }
  return allowed.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}
