import type { Grant } from '../../domain/access/permission.ts'
import { isRefused } from '../../domain/decider.ts'
import type { Handled } from '../engine/engine.ts'
import type { AccessAnswer, AccessParts } from './parts.ts'
import { tokensOf } from './reads.ts'
import { hashOf, newSecret } from './secrets.ts'

type NewToken = {
  readonly name: string
  readonly scopes: readonly Grant[]
  readonly days: number
}

type ShownToken = {
  readonly id: string
  readonly name: string
  readonly scopes: Grant[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly revoked: boolean
  readonly lastUsedAt: string | null
}

export type TokenCases = {
  readonly list: (person: string) => Promise<ShownToken[]>
  /** The secret is in the answer and nowhere else. */
  readonly create: (
    asked: NewToken,
    person: string,
  ) => AccessAnswer<{ readonly id: string; readonly secret: string; readonly expiresAt: string }>
  readonly revoke: (token: string, person: string) => AccessAnswer<Handled>
}

const dayMs = 86_400_000

/** Programs' keys: each belongs to a person and never does more than that person's role. */
export function openTokens({ engine, room }: AccessParts): TokenCases {
  return {
    async list(person) {
      const rows = await tokensOf(await engine.views(), person)
      return rows.map((row) => ({
        id: row.token,
        name: row.name ?? '',
        scopes: row.scopes,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        revoked: row.revoked_at !== null,
        lastUsedAt: row.last_used_at,
      }))
    },
    async create({ name, scopes, days }, person) {
      const token = engine.newId('tok')
      // The prefix lets scanners for leaked secrets recognise it.
      const secret = `arinomama_${newSecret()}`
      const expiresAt = new Date(Date.parse(engine.now()) + days * dayMs).toISOString()
      const done = await room.handle(
        { type: 'create-token', token, name, scopes, secretHash: hashOf(secret), expiresAt },
        { by: person },
      )
      return isRefused(done) ? done : { id: token, secret, expiresAt }
    },
    revoke: (token, person) => room.handle({ type: 'revoke-token', token }, { by: person }),
  }
}
