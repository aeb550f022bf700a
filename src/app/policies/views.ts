import { readDocument } from '../../domain/policies/document.ts'
import type { PoliciesEvent } from '../../domain/policies/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { policiesRoom } from './room.ts'

/**
 * `policies` points at versions: `newest`, and `version`, the one in force (null when none is).
 * What a policy is called, for whom it is and what it says stands with the version.
 */
const policiesView = defineProjection({
  name: 'policies',
  version: 1,
  tables: ['policies', 'policy_versions', 'policy_reviews', 'policy_acknowledgements'],
  ddl: `
    create table policies (
      policy text primary key,
      newest integer not null,
      version integer,
      approved_at timestamptz,
      approved_by text,
      reviewed_at timestamptz,
      withdrawn boolean not null,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdrawn_reason text,
      seq bigint not null
    );
    create table policy_versions (
      policy text not null,
      version integer not null,
      document text not null,
      title_ja text not null,
      title_en text not null,
      text_ja text not null,
      text_en text not null,
      owner_role text not null,
      audience text not null,
      review_months integer not null,
      author text not null,
      drafted_at timestamptz not null,
      change text not null,
      approved_by text,
      approved_at timestamptz,
      approval_seq bigint,
      seq bigint not null,
      primary key (policy, version)
    );
    create table policy_reviews (
      seq bigint primary key,
      policy text not null,
      version integer not null,
      reviewer text not null,
      reviewed_at timestamptz not null
    );
    create table policy_acknowledgements (
      policy text not null,
      version integer not null,
      person text not null,
      acknowledged_at timestamptz not null,
      seq bigint not null,
      primary key (policy, version, person)
    );
    create index on policy_acknowledgements (person);`,
  readers: [reads(policiesRoom, applyPolicies)],
})

export const policiesProjections: readonly Projection[] = [policiesView]

async function applyPolicies(
  event: PoliciesEvent,
  origin: Origin,
  view: ViewWriter,
): Promise<void> {
  const { policy } = event
  const { seq, by, effectiveAt } = origin
  switch (event.type) {
    case 'policies.drafted.v1':
      return drafted(event, origin, view)
    case 'policies.approved.v1': {
      const { version } = event
      const approval = { approved_by: by, approved_at: effectiveAt }
      await view.patch('policy_versions', { policy, version }, { ...approval, approval_seq: seq })
      const now = { version, ...approval, reviewed_at: effectiveAt, seq }
      return view.patch('policies', { policy }, now)
    }
    case 'policies.reviewed.v1': {
      const { version } = event
      const review = { seq, policy, version, reviewer: by, reviewed_at: effectiveAt }
      await view.put('policy_reviews', review)
      return view.patch('policies', { policy }, { reviewed_at: effectiveAt, seq })
    }
    case 'policies.acknowledged.v1': {
      const { version, person } = event
      const row = { policy, version, person, acknowledged_at: effectiveAt, seq }
      return view.put('policy_acknowledgements', row)
    }
    case 'policies.withdrawn.v1':
      return view.patch(
        'policies',
        { policy },
        {
          version: null,
          withdrawn: true,
          withdrawn_at: effectiveAt,
          withdrawn_by: by,
          withdrawn_reason: event.reason,
          seq,
        },
      )
  }
}

async function drafted(
  event: Extract<PoliciesEvent, { type: 'policies.drafted.v1' }>,
  { seq, by, effectiveAt }: Origin,
  view: ViewWriter,
): Promise<void> {
  const { policy, version, document, change } = event
  const { title, text, ownerRole, audience, reviewMonths } = readDocument(await view.blob(document))
  await view.put('policy_versions', {
    policy,
    version,
    document,
    title_ja: title.ja,
    title_en: title.en,
    text_ja: text.ja,
    text_en: text.en,
    owner_role: ownerRole,
    audience,
    review_months: reviewMonths,
    author: by,
    drafted_at: effectiveAt,
    change,
    approved_by: null,
    approved_at: null,
    approval_seq: null,
    seq,
  })
  const back = { withdrawn: false, withdrawn_at: null, withdrawn_by: null, withdrawn_reason: null }
  // Later versions change the pointer and leave what is in force alone.
  if (version > 1) return view.patch('policies', { policy }, { newest: version, ...back, seq })
  const nothing = { version: null, approved_at: null, approved_by: null, reviewed_at: null }
  return view.put('policies', { policy, newest: 1, ...nothing, ...back, seq })
}
