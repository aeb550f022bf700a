import { timingSafeEqual } from 'node:crypto'
import { HttpProblem } from './problem.ts'

/** The address under which browsers reach this server, and other names that it answers to. */
export type Site = {
  /** Scheme, host and port, as in an `Origin` header. */
  readonly origin: string
  /** Further values of the `Host` header. */
  readonly hosts: readonly string[]
  /** How many proxies stand before it, each of which adds to `x-forwarded-for`. */
  readonly proxies: number
}

/**
 * A page of somebody else can make its own name resolve to this machine (DNS rebinding); its
 * requests then carry that name, and none of ours.
 */
export function checkHost(headers: Headers, site: Site): void {
  const host = headers.get('host')?.toLowerCase() ?? ''
  const known = [new URL(site.origin).host, ...site.hosts]
  if (!known.includes(host)) throw new HttpProblem('host-name-unknown', host.slice(0, 253))
}

/**
 * Browsers say where a request comes from; other programs say nothing and carry no cookies.
 * `none` is an address that the person typed or a bookmark.
 */
export function checkSameOrigin(headers: Headers, site: Site): void {
  const from = headers.get('sec-fetch-site')
  if (from !== null && from !== 'same-origin' && from !== 'none') {
    throw new HttpProblem('cross-site')
  }
  const origin = headers.get('origin')
  if (origin !== null && origin !== site.origin) throw new HttpProblem('cross-site')
}

/** The page must know the session's own token, which no other site can read. */
export function checkCsrfToken(headers: Headers, expected: string): void {
  const given = Buffer.from(headers.get('x-csrf-token') ?? '')
  const wanted = Buffer.from(expected)
  if (given.byteLength !== wanted.byteLength || !timingSafeEqual(given, wanted)) {
    throw new HttpProblem('csrf-mismatch')
  }
}

/** The client's address: the socket's, or what the outermost of our own proxies saw. */
export function clientAddress(headers: Headers, socket: string, site: Site): string {
  if (site.proxies === 0) return socket
  const seen = (headers.get('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
  return (seen.at(-site.proxies) || socket).slice(0, 64)
}

export function isHttps(site: Site): boolean {
  return site.origin.startsWith('https:')
}

/** With `__Host-` browsers refuse a cookie that another host of the domain has set. */
function cookieName(site: Site): string {
  return isHttps(site) ? '__Host-arinomama' : 'arinomama'
}

/** The session's cookie; without a secret, what clears it. */
export function sessionCookie(site: Site, secret: string | null): string {
  const parts = [`${cookieName(site)}=${secret ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict']
  if (isHttps(site)) parts.push('Secure')
  if (secret === null) parts.push('Max-Age=0')
  return parts.join('; ')
}

/** The secret in the request's cookie; two cookies of that name are none. */
export function sessionSecret(headers: Headers, site: Site): string | null {
  const name = `${cookieName(site)}=`
  const ours = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name))
  const secret = ours.length === 1 ? ours[0]?.slice(name.length) : undefined
  return secret !== undefined && /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : null
}
