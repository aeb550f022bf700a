import {
  accountKey,
  links,
  type DirectoryEvent,
  type ObservationFailed,
  type Observed,
} from '../../domain/directory/events.ts'
import { changes, type KeptAccount, type PasswordPolicy } from '../../domain/directory/facts.ts'
import { target } from '../../domain/directory/target.ts'
import { peopleRoom } from '../people/room.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { directoryRoom } from './room.ts'
import { accountTables, linkTables, sourceTables } from './tables.ts'

const sources = defineProjection({
  name: 'directory-sources',
  version: 1,
  tables: ['directory_sources', 'directory_observations'],
  ddl: sourceTables,
  readers: [reads(directoryRoom, applyToSources)],
})

async function applyToSources(event: DirectoryEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  switch (event.type) {
    case 'directory.source-added.v1':
      return view.put('directory_sources', {
        source: event.source,
        name: event.name,
        connector: event.connector,
        target: target.parse(jsonOf(await view.blob(event.targetSha256))),
        state: 'active',
        every_hours: event.everyHours,
        added_by: by,
        added_at: effectiveAt,
        removed_by: null,
        removed_at: null,
        removed_reason: null,
        last_success_at: null,
        last_full_at: null,
        last_failure_at: null,
        last_failure_code: null,
        last_failure_message: null,
        cursor: null,
        previous: null,
        seq,
      })
    case 'directory.source-removed.v1': {
      const removed = { removed_by: by, removed_at: effectiveAt, removed_reason: event.reason }
      const { source } = event
      return view.patch('directory_sources', { source }, { state: 'removed', ...removed, seq })
    }
    case 'directory.observed.v1': {
      const { source, reading, endedAt, cursor, changesSha256: previous } = event
      await view.put('directory_observations', observationRow(event, origin))
      const full = reading === 'full' ? { last_full_at: endedAt } : {}
      const seen = { last_success_at: endedAt, ...full, cursor, previous, seq }
      return view.patch('directory_sources', { source }, seen)
    }
    case 'directory.observation-failed.v1': {
      const { source, detailSha256, code } = event
      const message = detailSha256 === null ? '' : textOf(await view.blob(detailSha256))
      await view.put('directory_observations', failureRow(event, message, origin))
      const failure = { last_failure_code: code, last_failure_message: message }
      const last_failure_at = event.endedAt
      return view.patch('directory_sources', { source }, { last_failure_at, ...failure, seq })
    }
    case 'directory.secret-replaced.v1':
    case 'directory.accounts-linked.v1':
    case 'directory.account-assigned.v1':
    case 'directory.rights-reviewed.v1':
  }
}

function observationRow(event: Observed, { by, seq }: Origin) {
  return {
    source: event.source,
    started_at: event.startedAt,
    ended_at: event.endedAt,
    outcome: 'observed',
    reading: event.reading,
    accounts: event.accounts,
    added: event.added,
    changed: event.changed,
    gone: event.gone,
    raw_sha256: event.rawSha256,
    code: null,
    message: null,
    observed_by: by,
    seq,
  }
}

function failureRow(event: ObservationFailed, message: string, { by, seq }: Origin) {
  return {
    source: event.source,
    started_at: event.startedAt,
    ended_at: event.endedAt,
    outcome: 'failed',
    reading: null,
    accounts: 0,
    added: 0,
    changed: 0,
    gone: 0,
    raw_sha256: null,
    code: event.code,
    message,
    observed_by: by,
    seq,
  }
}

const accounts = defineProjection({
  name: 'directory-accounts',
  version: 1,
  tables: [
    'directory_accounts',
    'directory_groups',
    'directory_members',
    'directory_password_policies',
  ],
  ddl: accountTables,
  readers: [
    reads(directoryRoom, async (event, { seq }, view) => {
      if (event.type === 'directory.observed.v1') await applyChanges(event, seq, view)
    }),
  ],
})

/** Nothing is ever taken out of the accounts: what is gone stays, with the day on which it went. */
async function applyChanges(event: Observed, seq: number, view: ViewWriter): Promise<void> {
  const { source } = event
  const found = changes.parse(jsonOf(await view.blob(event.changesSha256)))
  for (const one of found.accounts) {
    await view.put('directory_accounts', accountRow(source, one, seq))
  }
  for (const { id, at } of found.gone) {
    const gone = { state: 'gone', gone_at: at, seq }
    await view.patch('directory_accounts', { account: accountKey(source, id) }, gone)
  }
  for (const grp of found.goneGroups) {
    await view.remove('directory_groups', { source, grp })
    await view.remove('directory_members', { source, grp })
  }
  for (const one of found.groups) {
    const { id: grp, name, privileged, foreign: foreign_members, members, ...rest } = one
    const facts = { id: grp, name, privileged, foreign: foreign_members, ...rest }
    const row = { source, grp, name, privileged, foreign_members, facts, seq }
    await view.put('directory_groups', row)
    await view.remove('directory_members', { source, grp })
    for (const [member, since] of members) {
      await view.put('directory_members', { source, grp, member, since, seq })
    }
  }
  if (found.policies === null) return
  await view.remove('directory_password_policies', { source })
  for (const one of found.policies) {
    await view.put('directory_password_policies', policyRow(source, one, seq))
  }
}

function accountRow(source: string, one: KeptAccount, seq: number) {
  return {
    account: accountKey(source, one.id),
    source,
    id: one.id,
    login: one.login,
    name: one.name,
    email: one.email,
    employee_number: one.employeeNumber,
    kind: one.kind,
    state: one.enabled === null ? 'unknown' : one.enabled ? 'enabled' : 'disabled',
    disabled_since: one.disabledSince,
    gone_at: null,
    first_seen_at: one.firstSeenAt,
    created_at: one.createdAt,
    last_used_at: one.lastUsedAt,
    never_used: one.neverUsed,
    password_set_at: one.passwordSetAt,
    flags: one.flags,
    mfa: one.mfa,
    facts: one,
    seq,
  }
}

function policyRow(source: string, one: PasswordPolicy, seq: number) {
  return {
    source,
    policy: one.id,
    name: one.name,
    precedence: one.precedence,
    min_length: one.minLength,
    history: one.history,
    complexity: one.complexity,
    reversible: one.reversible,
    max_age_days: one.maxAgeDays,
    min_age_days: one.minAgeDays,
    lock_after: one.lockAfter,
    lock_minutes: one.lockMinutes,
    window_minutes: one.windowMinutes,
    applies_to: one.appliesTo,
    readable: one.readable,
    seq,
  }
}

const ownership = defineProjection({
  name: 'directory-links',
  version: 1,
  tables: ['directory_links', 'directory_moves'],
  ddl: linkTables,
  readers: [
    reads(directoryRoom, async (event, { seq, by, effectiveAt }, view) => {
      const decided = { decided_by: by, decided_at: effectiveAt, seq }
      if (event.type === 'directory.accounts-linked.v1') {
        for (const link of links.parse(jsonOf(await view.blob(event.linksSha256)))) {
          const row = { ...link, source: event.source, use: 'person', reason: null, ...decided }
          await view.put('directory_links', row)
        }
      }
      if (event.type === 'directory.account-assigned.v1') {
        const { account, source, person, use, reason } = event
        const row = { account, source, person, use, rule: 'by-hand', reason, ...decided }
        await view.put('directory_links', row)
      }
      if (event.type === 'directory.rights-reviewed.v1') {
        const { person } = event
        await view.patch('directory_moves', { person }, { reviewed_at: effectiveAt, seq })
      }
    }),
    reads(peopleRoom, async (event, { seq, effectiveAt }, view) => {
      if (event.type !== 'people.changed.v1' || event.kind !== 'mover') return
      if (!event.changed.includes('department') && !event.changed.includes('title')) return
      const moved = { moved_at: effectiveAt, reviewed_at: null, seq }
      await view.put('directory_moves', { person: event.person, ...moved })
    }),
  ],
})

export const directoryProjections: readonly Projection[] = [sources, accounts, ownership]

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(textOf(bytes))
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
