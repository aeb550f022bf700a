import type { Grant, Role } from '../domain/access/permission.ts'
import { may, type Permission } from '../domain/access/permission.ts'
import type { Route } from '../contract/route.ts'
import type { Caller } from './handler.ts'
import { HttpProblem } from './problem.ts'
import { checkCsrfToken, checkSameOrigin, clientAddress, sessionSecret, type Site } from './site.ts'

/** Whom a secret stands for, as long as the account is active and nothing has expired. */
type Admitted = {
  readonly person: string
  readonly role: Role
  /** Opaque name of the session or token; not the secret. */
  readonly session: string
  readonly csrfToken: string | null
  /** What a token is limited to; null for a session. */
  readonly scopes: readonly Grant[] | null
}

/** Knows sessions and tokens by their secrets. */
export type Gate = {
  readonly bySession: (secret: string) => Promise<Admitted | null>
  readonly byToken: (secret: string) => Promise<Admitted | null>
}

export type Asking = Caller & { readonly scopes: readonly Grant[] | null }

/** Who asks. A token that is not valid is refused; a stale cookie just means nobody. */
export async function askingOf(
  headers: Headers,
  socket: string,
  site: Site,
  gate: Gate,
): Promise<Asking> {
  const address = clientAddress(headers, socket, site)
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const secret = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization)?.[1]
    const admitted = secret === undefined ? null : await gate.byToken(secret)
    if (admitted === null) throw new HttpProblem('not-signed-in')
    return { ...admitted, via: 'token', address, csrfToken: null }
  }
  checkSameOrigin(headers, site)
  const secret = sessionSecret(headers, site)
  const admitted = secret === null ? null : await gate.bySession(secret)
  if (admitted === null) {
    return {
      person: null,
      role: null,
      session: null,
      via: 'nobody',
      csrfToken: null,
      scopes: null,
      address,
    }
  }
  return { ...admitted, via: 'session', address }
}

/** Lets the request pass or throws: permission, the token's scopes, the session's own CSRF token. */
export function checkMay(route: Route, asking: Asking, headers: Headers): void {
  const { permission } = route
  if (permission === 'public') return
  if (asking.person === null) throw new HttpProblem('not-signed-in')
  if (!may(asking.role, permission)) throw new HttpProblem('forbidden', permission)
  if (asking.scopes !== null) checkScopes(route, permission, asking.scopes)
  if (asking.csrfToken !== null && route.method !== 'get') {
    checkCsrfToken(headers, asking.csrfToken)
  }
}

/**
 * A token reads what any account may read, and otherwise only what its scopes say. What changes
 * something for "me" (tokens, quizzes, signatures) is for a person in a browser.
 */
function checkScopes(
  route: Route,
  permission: Exclude<Permission, 'public'>,
  scopes: readonly Grant[],
) {
  if (permission === 'signed-in' || permission === 'any-account') {
    if (route.method !== 'get') throw new HttpProblem('token-cannot')
    return
  }
  if (!scopes.includes(permission)) throw new HttpProblem('forbidden', permission)
}
