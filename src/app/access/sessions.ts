import { createHmac } from 'node:crypto'
import { hashOf, newSecret } from './secrets.ts'

export type Session = {
  readonly person: string
  readonly credentialId: string
  readonly startedMs: number
  readonly lastSeenMs: number
}

/** Where sessions are kept, by the hash of their secret: a stolen copy opens nothing. */
export type SessionStore = {
  readonly get: (hash: string) => Promise<Session | null>
  readonly put: (hash: string, session: Session) => Promise<void>
  readonly delete: (hash: string) => Promise<void>
  readonly deletePerson: (person: string) => Promise<void>
}

/**
 * Stands for the passkey in the session of a guest who came in by a link: it opens his own pages and
 * signs nothing.
 */
export const byLink = 'link'

const idleMsMax = 8 * 3_600_000
const ageMsMax = 24 * 3_600_000
/** Seen times are written at most this often, so that reading costs no write. */
const seenEveryMs = 60_000

/** Sessions of browsers: made anew at every sign-in, ended by idleness, age, sign-out or a change of the account. */
export class Sessions {
  readonly #store: SessionStore
  readonly #nowMs: () => number

  constructor(store: SessionStore, nowMs: () => number) {
    this.#store = store
    this.#nowMs = nowMs
  }

  /** Starts a session; the answer is its secret, known from now on to the browser alone. */
  async start(person: string, credentialId: string): Promise<string> {
    const secret = newSecret()
    const nowMs = this.#nowMs()
    const session = { person, credentialId, startedMs: nowMs, lastSeenMs: nowMs }
    await this.#store.put(hashOf(secret), session)
    return secret
  }

  async find(secret: string): Promise<(Session & { readonly hash: string }) | null> {
    const hash = hashOf(secret)
    const session = await this.#store.get(hash)
    if (session === null) return null
    const nowMs = this.#nowMs()
    if (nowMs - session.lastSeenMs > idleMsMax || nowMs - session.startedMs > ageMsMax) {
      await this.#store.delete(hash)
      return null
    }
    if (nowMs - session.lastSeenMs > seenEveryMs) {
      await this.#store.put(hash, { ...session, lastSeenMs: nowMs })
    }
    return { ...session, hash }
  }

  async end(hash: string): Promise<void> {
    await this.#store.delete(hash)
  }

  async endAll(person: string): Promise<void> {
    await this.#store.deletePerson(person)
  }
}

/** What a page must send back with every change; only this session's own page can know it. */
export function csrfTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('csrf').digest('base64url')
}

const sessionsMax = 20_000

/** Sessions in memory: they end with the program. */
export function memorySessions(): SessionStore {
  const kept = new Map<string, Session>()
  return {
    get: async (hash) => kept.get(hash) ?? null,
    async put(hash, session) {
      kept.set(hash, session)
      const oldest = kept.size > sessionsMax ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
    async delete(hash) {
      kept.delete(hash)
    },
    async deletePerson(person) {
      for (const [hash, session] of kept) if (session.person === person) kept.delete(hash)
    },
  }
}
