import type { Output, Parsed, Route } from '../contract/route.ts'
import type { Role } from '../domain/access/permission.ts'
import type { Refused } from '../domain/decider.ts'

/** Who asks: a signed-in person, or nobody (public routes only). */
export type Caller = {
  readonly person: string | null
  readonly role: Role | null
  /** Opaque id of the session or token, for rate limits and for ending it. */
  readonly session: string | null
  /** Whether it is a person in a browser, a program with that person's token, or nobody. */
  readonly via: 'session' | 'token' | 'nobody'
  /** What a browser sends back with every change; null without a session. */
  readonly csrfToken: string | null
  /** Client's address, for rate limits. */
  readonly address: string
}

/** A file to download: always sent as an attachment. */
export type Download = {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

/** An answer that also begins a session (its cookie is set) or ends the one that asked. */
export class WithSession<A> {
  readonly answer: A
  /** The new session's secret, or null when the cookie is to be cleared. */
  readonly secret: string | null

  constructor(answer: A, secret: string | null) {
    this.answer = answer
    this.secret = secret
  }
}

type Answer<R extends Route> = R['response'] extends 'bytes' ? Download : Output<R>

export type Handler = {
  readonly route: Route
  /** A method, so that the type of each route's own input fits: `handler` alone makes these. */
  run(input: unknown, caller: Caller): Promise<unknown>
}

/**
 * Binds a route to what answers it. Input is parsed already, permission is checked already; the
 * answer is checked against the route's schema before it is sent. A refusal becomes a problem with
 * its code (409; 404 for codes that end in `-unknown`).
 */
export function handler<const R extends Route>(
  route: R,
  run: (input: Parsed<R>, caller: Caller) => Promise<Answer<R> | WithSession<Answer<R>> | Refused>,
): Handler {
  return { route, run }
}

/** The person who asks, on a route that only signed-in callers reach. */
export function personOf(caller: Caller): string {
  if (caller.person === null) throw new Error('this route needs a signed-in person')
  return caller.person
}

/** The person who asks, with the role by which they see more or less. */
export function readerOf(caller: Caller): { readonly person: string; readonly role: Role } {
  if (caller.role === null) throw new Error('this route needs a signed-in person')
  return { person: personOf(caller), role: caller.role }
}
