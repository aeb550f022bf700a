import { z } from 'zod'
import { refuse, type Refused } from '../decider.ts'

/** Where a source looks. Nothing of it is secret; the key stays in its file on the server. */
export const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({
    kind: z.literal('ssh'),
    host: z.string(),
    port: z.int().min(1).max(65_535),
    user: z.string(),
    identityFile: z.string(),
    /** `<type> <base64>`, without a comment. */
    hostKey: z.string(),
  }),
])
export type Target = z.infer<typeof target>
export type SshTarget = Extract<Target, { readonly kind: 'ssh' }>

export type TargetRefusal =
  | 'host-malformed'
  | 'user-malformed'
  | 'identity-file-malformed'
  | 'host-key-malformed'

const hostNamePattern =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/
const ipv6Pattern = /^(?=.{2,60}$)[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]{1,15})?$/
const userPattern = /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/
const pathPattern = /^\/[^\p{Cc}"\\%$~]{1,499}$/u
const hostKeyTypes = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
])

/** A host name, an IPv4 or an IPv6 address; nothing that a program could take for an option. */
export function isHost(text: string): boolean {
  return hostNamePattern.test(text) || ipv6Pattern.test(text)
}

/**
 * The target in its one form, or a refusal that names the field. Every part becomes an argument of
 * `ssh`, so each accepts only what cannot be taken for an option, a pattern or a second line.
 */
export function parseTarget(given: Target): Target | Refused<TargetRefusal> {
  if (given.kind === 'local') return given
  if (!isHost(given.host)) return refuse('host-malformed', given.host)
  if (!userPattern.test(given.user)) return refuse('user-malformed', given.user)
  if (!pathPattern.test(given.identityFile) || given.identityFile.includes('/../')) {
    return refuse('identity-file-malformed', given.identityFile)
  }
  const hostKey = parseHostKey(given.hostKey)
  if (hostKey === null) return refuse('host-key-malformed')
  return { ...given, host: given.host.toLowerCase(), hostKey }
}

/**
 * `<type> <base64>` out of a public key line, a known_hosts line or a line of ssh-keyscan; null when
 * it is none, or when the bytes are of another type than the line says.
 */
export function parseHostKey(line: string): string | null {
  if (/[\r\n]/.test(line.trim())) return null
  const words = line.trim().split(/[ \t]+/)
  const at = words.findIndex((word) => hostKeyTypes.has(word))
  const [type, base64] = at === 0 || at === 1 ? words.slice(at) : []
  if (
    type === undefined ||
    base64 === undefined ||
    !/^[A-Za-z0-9+/]{40,1600}={0,2}$/.test(base64)
  ) {
    return null
  }
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64 || bytes.length < 4) return null
  const length = bytes.readUInt32BE(0)
  return bytes.subarray(4, 4 + length).toString('latin1') === type ? `${type} ${base64}` : null
}
