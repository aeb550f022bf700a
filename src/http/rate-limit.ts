import type { Route } from '../contract/route.ts'

/** A bucket holds `burst` requests and fills again by `perSecond`. */
export type Limit = { readonly burst: number; readonly perSecond: number }

/** Named limits; the first four are per client address, the others per session or token. */
export const standardLimits = {
  'sign-in': { burst: 60, perSecond: 0.5 },
  'set-up': { burst: 60, perSecond: 0.5 },
  public: { burst: 300, perSecond: 20 },
  // Whoever verifies the ledger reads all of it: a file for every 256 entries, and one more.
  files: { burst: 5_000, perSecond: 500 },
  read: { burst: 2_000, perSecond: 100 },
  write: { burst: 400, perSecond: 20 },
  heavy: { burst: 60, perSecond: 1 },
} as const satisfies Record<string, Limit>
export type LimitName = keyof typeof standardLimits

const byRoute: Readonly<Record<string, LimitName>> = {
  signIn: 'sign-in',
  signInOptions: 'sign-in',
  setUp: 'set-up',
  setUpOptions: 'set-up',
  getInvitation: 'set-up',
  acceptInvitation: 'set-up',
  requestSignInLink: 'sign-in',
  useSignInLink: 'sign-in',
  registerContract: 'heavy',
  keepMaterial: 'heavy',
  makeReport: 'heavy',
  verifyLedger: 'heavy',
  runChecks: 'heavy',
  observe: 'heavy',
  uploadEvidence: 'heavy',
  previewPeople: 'heavy',
  confirmPeople: 'heavy',
  importCompletions: 'heavy',
}

/** Which limit a route falls under. */
export function limitOf(route: Route): LimitName {
  const named = byRoute[route.id]
  if (named !== undefined) return named
  if (route.permission === 'public') return 'public'
  return route.method === 'get' ? 'read' : 'write'
}

const bucketsMax = 20_000

type Bucket = { tokens: number; atMs: number }

/**
 * Token buckets, at most 20,000 of them: when somebody makes more keys than that, the bucket that
 * was used longest ago is forgotten, so that memory stays bounded whatever comes.
 */
export class RateLimits {
  readonly #limits: Readonly<Record<LimitName, Limit>>
  readonly #nowMs: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(limits: Readonly<Record<LimitName, Limit>>, nowMs: () => number) {
    this.#limits = limits
    this.#nowMs = nowMs
  }

  /** Takes one request of `key`; 0 when it may pass, else how many seconds to wait. */
  take(name: LimitName, key: string): number {
    const { burst, perSecond } = this.#limits[name]
    const id = `${name} ${key}`
    const nowMs = this.#nowMs()
    const old = this.#buckets.get(id)
    const passedMs = old === undefined ? 0 : Math.max(0, nowMs - old.atMs)
    const filled = (old?.tokens ?? burst) + (passedMs / 1000) * perSecond
    const tokens = Math.min(burst, filled)
    this.#buckets.delete(id)
    const passes = tokens >= 1
    this.#buckets.set(id, { tokens: passes ? tokens - 1 : tokens, atMs: nowMs })
    this.#forgetOldest()
    return passes ? 0 : Math.ceil((1 - tokens) / perSecond)
  }

  #forgetOldest() {
    if (this.#buckets.size <= bucketsMax) return
    const oldest = this.#buckets.keys().next().value
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
