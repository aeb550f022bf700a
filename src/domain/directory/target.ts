import { z } from 'zod'
import { refuse, type Refused } from '../decider.ts'

/** Where accounts are read. Nothing of it is secret: the password lies beside the ledger. */
export const target = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('active-directory'),
    host: z.string(),
    port: z.int().min(1).max(65_535),
    encryption: z.enum(['ldaps', 'start-tls']),
    baseDn: z.string(),
    /** Distinguished name or `name@domain` of an account that may only read. */
    bindName: z.string(),
    /** The authority that signed the server's certificate (PEM); null for those of the system. */
    authority: z.string().nullable(),
    /** The name in the certificate when it is not `host`. */
    serverName: z.string().nullable(),
  }),
  /** Lists of accounts that somebody exports from the service and hands in. */
  z.strictObject({ kind: z.literal('list') }),
])
export type Target = z.infer<typeof target>
export type DirectoryTarget = Extract<Target, { readonly kind: 'active-directory' }>

export type TargetRefusal = 'host-name-malformed' | 'base-dn-malformed' | 'authority-malformed'

const hostPattern = /^(?=.{1,253}$)[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/
const dnPattern = /^[A-Za-z][A-Za-z0-9-]*=[^\p{Cc}]+$/u
const pemPattern = /^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/

export function parseTarget(given: Target): Target | Refused<TargetRefusal> {
  if (given.kind === 'list') return given
  const { host, baseDn, authority, serverName } = given
  if (!hostPattern.test(host)) return refuse('host-name-malformed', host)
  if (serverName !== null && !hostPattern.test(serverName)) {
    return refuse('host-name-malformed', serverName)
  }
  if (!dnPattern.test(baseDn)) return refuse('base-dn-malformed', baseDn)
  if (authority !== null && !pemPattern.test(authority.trim())) return refuse('authority-malformed')
  return { ...given, authority: authority === null ? null : `${authority.trim()}\n` }
}
