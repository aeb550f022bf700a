import { z } from 'zod'
import { permissions, roles } from '../../domain/access/permission.ts'
import type { Views } from '../ports.ts'

const instant = z.iso.datetime()

const account = z.object({
  person: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(roles),
  state: z.enum(['invited', 'active', 'disabled']),
  language: z.enum(['ja', 'en']),
  passkeys: z.number(),
  invited_at: instant,
  last_sign_in_at: instant.nullable(),
})
export type AccountRow = z.infer<typeof account>

const accountColumns = `
  a.person, p.name, p.email, a.role, a.state, a.language, a.invited_at, a.last_sign_in_at,
  (select count(*) from passkeys k where k.person = a.person and k.state <> 'revoked') as passkeys`

export async function accountRows(views: Views): Promise<AccountRow[]> {
  return views.rows(
    account,
    `select ${accountColumns} from accounts a left join persons p on p.person = a.person
     order by a.invited_at, a.person`,
  )
}

export async function accountOf(views: Views, person: string): Promise<AccountRow | null> {
  const rows = await views.rows(
    account,
    `select ${accountColumns} from accounts a left join persons p on p.person = a.person
     where a.person = $1`,
    [person],
  )
  return rows[0] ?? null
}

/** Everybody with that address: from the roster or from an account. */
export async function personsWithEmail(views: Views, email: string): Promise<string[]> {
  const rows = await views.rows(
    z.object({ person: z.string() }),
    'select person from persons where lower(email) = lower($1) and not erased order by person',
    [email],
  )
  return rows.map(({ person }) => person)
}

export async function isKnownPerson(views: Views, person: string): Promise<boolean> {
  const rows = await views.rows(
    z.object({ person: z.string() }),
    'select person from persons where person = $1 and not erased',
    [person],
  )
  return rows.length > 0
}

const passkey = z.object({
  credential_id: z.string(),
  person: z.string(),
  public_key: z.string(),
  fingerprint: z.string(),
  rp_id: z.string(),
  origin: z.string(),
  sign_count: z.number(),
  standing: z.enum(['founding', 'first', 're-enrolled']),
  state: z.enum(['held', 'active', 'revoked']),
  backed_up: z.boolean(),
  invited_by: z.string().nullable(),
  confirmed_by: z.string().nullable(),
  created_at: instant,
  revoked_at: instant.nullable(),
})
export type PasskeyRow = z.infer<typeof passkey>

const passkeyColumns = `credential_id, person, public_key, fingerprint, rp_id, origin, sign_count,
  standing, state, backed_up, invited_by, confirmed_by, created_at, revoked_at`

export async function passkeyOf(views: Views, credentialId: string): Promise<PasskeyRow | null> {
  const rows = await views.rows(
    passkey,
    `select ${passkeyColumns} from passkeys where credential_id = $1`,
    [credentialId],
  )
  return rows[0] ?? null
}

/** Passkeys that are not revoked, newest first. */
export async function livePasskeys(views: Views): Promise<PasskeyRow[]> {
  return views.rows(
    passkey,
    `select ${passkeyColumns} from passkeys where state <> 'revoked'
     order by created_at desc, seq desc`,
  )
}

const token = z.object({
  token: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  scopes: z.array(z.enum(permissions)),
  created_at: instant,
  expires_at: instant,
  revoked_at: instant.nullable(),
  last_used_at: instant.nullable(),
  role: z.enum(roles),
  state: z.enum(['invited', 'active', 'disabled']),
})
export type TokenRow = z.infer<typeof token>

const tokenColumns = `t.token, t.person, t.name, t.scopes, t.created_at, t.expires_at,
  t.revoked_at, t.last_used_at, a.role, a.state`

export async function tokenByHash(views: Views, hash: string): Promise<TokenRow | null> {
  const rows = await views.rows(
    token,
    `select ${tokenColumns} from tokens t join accounts a on a.person = t.person
     where t.secret_hash = $1`,
    [hash],
  )
  return rows[0] ?? null
}

export async function tokensOf(views: Views, person: string): Promise<TokenRow[]> {
  return views.rows(
    token,
    `select ${tokenColumns} from tokens t join accounts a on a.person = t.person
     where t.person = $1 order by t.created_at desc, t.token`,
    [person],
  )
}

const invitation = z.object({
  invitation: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(roles),
  invited_by: z.string(),
  expires_at: instant,
  purpose: z.enum(['first-passkey', 're-enrolment']),
  state: z.enum(['pending', 'used', 'cancelled']),
})
export type InvitationRow = z.infer<typeof invitation>

const invitationColumns = `i.invitation, i.person, p.name, p.email, a.role, i.invited_by,
  i.expires_at, i.purpose, i.state`

export async function invitationOf(views: Views, hash: string): Promise<InvitationRow | null> {
  const rows = await views.rows(
    invitation,
    `select ${invitationColumns} from invitations i join accounts a on a.person = i.person
     left join persons p on p.person = i.person where i.invitation = $1`,
    [hash],
  )
  return rows[0] ?? null
}

/** Links that can still be used. */
export async function openInvitations(views: Views): Promise<InvitationRow[]> {
  return views.rows(
    invitation,
    `select ${invitationColumns} from invitations i join accounts a on a.person = i.person
     left join persons p on p.person = i.person
     where i.state = 'pending' and i.expires_at > as_of() order by i.invited_at, i.invitation`,
  )
}

/** Names of people by id; null when erased or not a person. */
export async function namesOf(views: Views): Promise<ReadonlyMap<string, string | null>> {
  const rows = await views.rows(
    z.object({ person: z.string(), name: z.string().nullable() }),
    'select person, name from persons',
  )
  return new Map(rows.map(({ person, name }) => [person, name]))
}
