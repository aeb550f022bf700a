import { z } from 'zod'
import { guestRoles, roles, type Grant, type Role } from '../../domain/access/permission.ts'
import type { AccessParts } from './parts.ts'
import { tokenByHash, type TokenRow } from './reads.ts'
import { hashOf } from './secrets.ts'
import { byLink, csrfTokenOf } from './sessions.ts'

/** Whom a secret stands for now. */
type Admitted = {
  readonly person: string
  readonly role: Role
  readonly session: string
  readonly csrfToken: string | null
  readonly scopes: readonly Grant[] | null
}

export type AccessGate = {
  readonly bySession: (secret: string) => Promise<Admitted | null>
  readonly byToken: (secret: string) => Promise<Admitted | null>
}

/**
 * Asks the views at every request, so that a disabled account, a changed role, a revoked token or a
 * replaced passkey counts at once, on every node.
 */
export function openGate({ engine, room, sessions }: AccessParts): AccessGate {
  /** The first use of a token on a day is an entry, on whichever node it comes. */
  const recordUse = async ({ token, person, last_used_at: last }: TokenRow) => {
    const today = engine.now().slice(0, 10)
    if (last?.startsWith(today) === true) return
    await room.handle(
      { type: 'record-token-use', token, person },
      { by: person, command: `token-used:${token}:${today}` },
    )
  }
  return {
    async bySession(secret) {
      const session = await sessions.find(secret)
      if (session === null) return null
      const views = await engine.views()
      const rows = await views.rows(
        z.object({ role: z.enum(roles) }),
        `select a.role from accounts a join passkeys k on k.person = a.person
         where a.person = $1 and a.state = 'active' and k.credential_id = $2 and k.state = 'active'
         union
         select role from accounts
         where person = $1 and state = 'active' and role = any($3) and $2 = $4`,
        [session.person, session.credentialId, guestRoles, byLink],
      )
      const role = rows[0]?.role
      if (role === undefined) return null
      const { person, hash } = session
      return { person, role, session: hash, csrfToken: csrfTokenOf(secret), scopes: null }
    },
    async byToken(secret) {
      const token = await tokenByHash(await engine.views(), hashOf(secret))
      if (token?.state !== 'active' || token.revoked_at !== null) return null
      if (token.expires_at <= engine.now()) return null
      const { person, role, scopes } = token
      await recordUse(token)
      return { person, role, session: token.token, csrfToken: null, scopes }
    },
  }
}
