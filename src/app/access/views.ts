import type { AccessEvent } from '../../domain/access/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { accessRoom } from './room.ts'

const accounts = defineProjection({
  name: 'accounts',
  version: 1,
  tables: ['accounts', 'invitations', 'passkeys', 'tokens'],
  ddl: `
    create table accounts (
      person text primary key,
      role text not null,
      state text not null,
      language text not null,
      origin text not null,
      invited_at timestamptz not null,
      invited_by text not null,
      last_sign_in_at timestamptz,
      seq bigint not null
    );
    create table invitations (
      invitation text primary key,
      person text not null,
      invited_by text not null,
      invited_at timestamptz not null,
      expires_at timestamptz not null,
      purpose text not null,
      state text not null,
      seq bigint not null
    );
    create table passkeys (
      credential_id text primary key,
      person text not null,
      public_key text not null,
      fingerprint text not null,
      rp_id text not null,
      origin text not null,
      aaguid text not null,
      sign_count bigint not null,
      backup_eligible boolean not null,
      backed_up boolean not null,
      transports text[] not null,
      standing text not null,
      state text not null,
      invited_by text,
      confirmed_by text,
      created_at timestamptz not null,
      revoked_at timestamptz,
      seq bigint not null
    );
    create table tokens (
      token text primary key,
      person text not null,
      name text,
      scopes text[] not null,
      secret_hash text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz,
      last_used_at timestamptz,
      seq bigint not null
    );`,
  readers: [
    reads(accessRoom, async (event, origin, view) => {
      await applyToAccounts(event, origin, view)
      await applyToInvitations(event, origin, view)
      await applyToPasskeys(event, origin, view)
      await applyToTokens(event, origin, view)
    }),
  ],
})

/** Who came in, and what was tried in vain: many rows, read by few. */
const signIns = defineProjection({
  name: 'sign-ins',
  version: 1,
  tables: ['sign_ins', 'failed_sign_ins'],
  ddl: `
    create table sign_ins (
      seq bigint primary key,
      person text not null,
      credential_id text not null,
      at timestamptz not null
    );
    create table failed_sign_ins (
      seq bigint primary key,
      person text,
      reason text not null,
      attempts integer not null,
      at timestamptz not null
    );`,
  readers: [
    reads(accessRoom, async (event, { seq, effectiveAt }, view) => {
      if (event.type === 'access.signed-in.v1') {
        const { person, credentialId } = event
        await view.put('sign_ins', { seq, person, credential_id: credentialId, at: effectiveAt })
      } else if (event.type === 'access.sign-in-failed.v1') {
        const { person, reason, attempts } = event
        await view.put('failed_sign_ins', { seq, person, reason, attempts, at: effectiveAt })
      }
    }),
  ],
})

export const accessProjections: readonly Projection[] = [accounts, signIns]

async function applyToAccounts(event: AccessEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'access.account-opened.v1') {
    const { person, role, language } = event
    await view.put('accounts', {
      person,
      role,
      state: 'invited',
      language,
      origin: event.origin,
      invited_at: effectiveAt,
      invited_by: by,
      last_sign_in_at: null,
      seq,
    })
  } else if (event.type === 'access.signed-in.v1') {
    await view.patch('accounts', { person: event.person }, { last_sign_in_at: effectiveAt })
  } else {
    const changes = accountChanges(event)
    if (changes !== null) {
      await view.patch('accounts', { person: event.person ?? '' }, { ...changes, seq })
    }
  }
}

function accountChanges(event: AccessEvent): Readonly<Record<string, string>> | null {
  switch (event.type) {
    case 'access.invited.v1':
      return event.reopens ? { state: 'invited' } : {}
    case 'access.passkey-enrolled.v1':
      return event.standing === 're-enrolled' ? {} : { state: 'active' }
    case 'access.passkey-confirmed.v1':
    case 'access.passkey-released.v1':
      return { state: 'active' }
    case 'access.role-changed.v1':
      return { role: event.to }
    case 'access.account-disabled.v1':
      return { state: 'disabled' }
    case 'access.account-opened.v1':
    case 'access.invitation-cancelled.v1':
    case 'access.passkey-revoked.v1':
    case 'access.token-created.v1':
    case 'access.token-revoked.v1':
    case 'access.token-used.v1':
    case 'access.signed-in.v1':
    case 'access.signed-out.v1':
    case 'access.sign-in-failed.v1':
      return null
  }
}

async function applyToInvitations(event: AccessEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'access.invited.v1') {
    const { person, invitation, expiresAt, purpose } = event
    await view.put('invitations', {
      invitation,
      person,
      invited_by: by,
      invited_at: effectiveAt,
      expires_at: expiresAt,
      purpose,
      state: 'pending',
      seq,
    })
  } else if (event.type === 'access.invitation-cancelled.v1') {
    await view.patch('invitations', { invitation: event.invitation }, { state: 'cancelled', seq })
  } else if (event.type === 'access.passkey-enrolled.v1' && event.invitation !== null) {
    await view.patch('invitations', { invitation: event.invitation }, { state: 'used', seq })
  }
}

async function applyToPasskeys(event: AccessEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'access.passkey-enrolled.v1') {
    await view.put('passkeys', {
      credential_id: event.credentialId,
      person: event.person,
      public_key: event.publicKey,
      fingerprint: event.fingerprint,
      rp_id: event.rpId,
      origin: event.origin,
      aaguid: event.aaguid,
      sign_count: event.signCount,
      backup_eligible: event.backupEligible,
      backed_up: event.backedUp,
      transports: event.transports,
      standing: event.standing,
      state: event.standing === 're-enrolled' ? 'held' : 'active',
      invited_by: event.invitedBy,
      confirmed_by: null,
      created_at: effectiveAt,
      revoked_at: null,
      seq,
    })
  } else if (event.type === 'access.passkey-confirmed.v1') {
    const changes = { state: 'active', confirmed_by: by, seq }
    await view.patch('passkeys', { credential_id: event.credentialId }, changes)
  } else if (event.type === 'access.passkey-released.v1') {
    await view.patch('passkeys', { credential_id: event.credentialId }, { state: 'active', seq })
  } else if (event.type === 'access.passkey-revoked.v1') {
    const changes = { state: 'revoked', revoked_at: effectiveAt, seq }
    await view.patch('passkeys', { credential_id: event.credentialId }, changes)
  } else if (event.type === 'access.signed-in.v1') {
    const changes = { sign_count: event.signCount, backed_up: event.backedUp }
    await view.patch('passkeys', { credential_id: event.credentialId }, changes)
  }
}

async function applyToTokens(event: AccessEvent, origin: Origin, view: ViewWriter) {
  const { seq, effectiveAt } = origin
  if (event.type === 'access.token-created.v1') {
    await view.put('tokens', {
      token: event.token,
      person: event.person,
      name: event.name,
      scopes: event.scopes,
      secret_hash: event.secretHash,
      created_at: effectiveAt,
      expires_at: event.expiresAt,
      revoked_at: null,
      last_used_at: null,
      seq,
    })
  } else if (event.type === 'access.token-used.v1') {
    await view.patch('tokens', { token: event.token }, { last_used_at: effectiveAt })
  } else if (event.type === 'access.token-revoked.v1') {
    await view.patch('tokens', { token: event.token }, { revoked_at: effectiveAt, seq })
  }
}
