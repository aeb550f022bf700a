/** What a challenge was given out for; a browser's answer for one purpose never serves another. */
export type Purpose =
  | { readonly for: 'set-up'; readonly person: string }
  | { readonly for: 'invitation'; readonly invitation: string }
  | { readonly for: 'sign-in' }

type Kept = { readonly purpose: Purpose; readonly untilMs: number }

const lifetimeMs = 5 * 60_000
const challengesMax = 20_000

/**
 * Challenges that were given out and not yet answered: each is good once, for five minutes. When
 * somebody asks for more than 20,000, the oldest are forgotten.
 */
export class Challenges {
  readonly #nowMs: () => number
  readonly #kept = new Map<string, Kept>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** `challenge` is base64url. */
  keep(challenge: string, purpose: Purpose): void {
    this.#kept.set(challenge, { purpose, untilMs: this.#nowMs() + lifetimeMs })
    const oldest = this.#kept.size > challengesMax ? this.#kept.keys().next().value : undefined
    if (oldest !== undefined) this.#kept.delete(oldest)
  }

  /** What it was given out for; from now on it is worth nothing. */
  take(challenge: string): Purpose | null {
    const kept = this.#kept.get(challenge)
    this.#kept.delete(challenge)
    return kept !== undefined && kept.untilMs > this.#nowMs() ? kept.purpose : null
  }
}
