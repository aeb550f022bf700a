import { agreementDocument, briefingDocument, readJson } from '../../domain/customers/documents.ts'
import type { CustomersEvent } from '../../domain/customers/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { customersRoom } from './room.ts'
import { contactsView, rosterView } from './roster-views.ts'
import { systemsView } from './system-views.ts'

/**
 * `state` is `draft`, `active`, `suspended`, `superseded`, `declined` or `revoked`. Expiry is no
 * state: it is seen by `expires` and `resign_by` against the day.
 */
const agreementsView = defineProjection({
  name: 'customer-agreements',
  version: 1,
  tables: ['customer_agreements', 'customer_agreement_versions'],
  ddl: `
    create table customer_agreements (
      agreement text primary key,
      customer text not null,
      newest int not null,
      version int,
      state text not null,
      expires date,
      resign_by date,
      seq bigint not null
    );
    create index on customer_agreements (customer);
    create table customer_agreement_versions (
      agreement text not null,
      version int not null,
      customer text not null,
      document text not null,
      title_ja text not null,
      title_en text not null,
      systems text[] not null,
      hosts text[] not null,
      risk text not null,
      runbook text not null,
      parameters jsonb not null,
      trigger_kind text not null,
      trigger_source text not null,
      runs int not null,
      run_days int not null,
      expires date not null,
      drafted_by text not null,
      drafted_at timestamptz not null,
      state text not null,
      signed_by text,
      signed_at timestamptz,
      signed_seq bigint,
      said text,
      seq bigint not null,
      primary key (agreement, version)
    );`,
  readers: [
    reads(customersRoom, async (event, origin, view) => {
      await applyToAgreements(event, origin, view)
    }),
  ],
})

async function applyToAgreements(event: CustomersEvent, origin: Origin, view: ViewWriter) {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'customers.agreement-drafted.v1') {
    return drafted(event, origin, view)
  }
  if (event.type === 'customers.agreement-signed.v1') {
    const { agreement, version, supersedes, expires } = event
    if (supersedes !== null) {
      await view.patch(
        'customer_agreement_versions',
        { agreement, version: supersedes },
        { state: 'superseded', seq },
      )
    }
    await view.patch(
      'customer_agreement_versions',
      { agreement, version },
      {
        state: 'active',
        signed_by: by,
        signed_at: effectiveAt,
        signed_seq: seq,
        said: null,
        seq,
      },
    )
    const changes = { version, state: 'active', expires, resign_by: null, seq }
    return view.patch('customer_agreements', { agreement }, changes)
  }
  if (event.type === 'customers.agreement-declined.v1') {
    const { agreement, version, reason } = event
    const changes = {
      state: 'declined',
      signed_by: by,
      signed_at: effectiveAt,
      said: reason,
      seq,
    }
    return view.patch('customer_agreement_versions', { agreement, version }, changes)
  }
  if (event.type === 'customers.agreement-suspended.v1') {
    const { agreement, version, reason } = event
    const changes = { state: 'suspended', said: reason, seq }
    await view.patch('customer_agreement_versions', { agreement, version }, changes)
    return view.patch('customer_agreements', { agreement }, { state: 'suspended', seq })
  }
  if (event.type === 'customers.agreement-revoked.v1') {
    const { agreement, version, reason } = event
    await view.patch('customer_agreements', { agreement }, { state: 'revoked', seq })
    return view.patch(
      'customer_agreement_versions',
      { agreement, version },
      { state: 'revoked', said: reason, seq },
    )
  }
  if (event.type === 'customers.contact-left.v1') {
    for (const agreement of event.agreements) {
      const changes = { resign_by: event.resignBy, seq }
      await view.patch('customer_agreements', { agreement }, changes)
    }
    return
  }
}

async function drafted(
  event: Extract<CustomersEvent, { type: 'customers.agreement-drafted.v1' }>,
  { seq, by, effectiveAt }: Origin,
  view: ViewWriter,
) {
  const { agreement, customer, version } = event
  const document = agreementDocument.parse(readJson(await view.blob(event.document)))
  await view.put('customer_agreement_versions', {
    agreement,
    version,
    customer,
    document: event.document,
    title_ja: document.title.ja,
    title_en: document.title.en,
    systems: document.systems,
    hosts: document.hosts,
    risk: document.risk,
    runbook: document.runbook,
    parameters: { list: document.parameters },
    trigger_kind: document.trigger.kind,
    trigger_source: document.trigger.source,
    runs: document.runLimit.runs,
    run_days: document.runLimit.days,
    expires: document.expires,
    drafted_by: by,
    drafted_at: effectiveAt,
    state: 'draft',
    signed_by: null,
    signed_at: null,
    signed_seq: null,
    said: null,
    seq,
  })
  if (version === 1) {
    await view.put('customer_agreements', {
      agreement,
      customer,
      newest: version,
      version: null,
      state: 'draft',
      expires: null,
      resign_by: null,
      seq,
    })
  } else await view.patch('customer_agreements', { agreement }, { newest: version, seq })
}

/** A session is one row; what was spoken of, one row each. */
const briefingsView = defineProjection({
  name: 'customer-briefings',
  version: 1,
  tables: ['customer_briefings', 'customer_briefing_topics', 'customer_acknowledgements'],
  ddl: `
    create table customer_briefings (
      briefing text primary key,
      customer text not null,
      document text not null,
      title text not null,
      summary text not null,
      materials jsonb not null,
      held_on date not null,
      renew_by date not null,
      ours text[] not null,
      theirs text[] not null,
      others int not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      seq bigint not null
    );
    create index on customer_briefings (customer);
    create table customer_briefing_topics (
      briefing text not null,
      topic text not null,
      customer text not null,
      primary key (briefing, topic)
    );
    create table customer_acknowledgements (
      briefing text not null,
      person text not null,
      customer text not null,
      acknowledged_at timestamptz not null,
      seq bigint not null,
      primary key (briefing, person)
    );`,
  readers: [
    reads(customersRoom, async (event, origin, view) => {
      const { seq, by, effectiveAt } = origin
      if (event.type === 'customers.briefing-held.v1') {
        const { briefing, customer, heldOn, renewBy, ours, theirs, others } = event
        const document = briefingDocument.parse(readJson(await view.blob(event.document)))
        await view.put('customer_briefings', {
          briefing,
          customer,
          document: event.document,
          title: document.title,
          summary: document.summary,
          materials: { list: document.materials },
          held_on: heldOn,
          renew_by: renewBy,
          ours,
          theirs,
          others,
          recorded_by: by,
          recorded_at: effectiveAt,
          seq,
        })
        for (const topic of event.topics) {
          await view.put('customer_briefing_topics', { briefing, topic, customer })
        }
      } else if (event.type === 'customers.briefing-acknowledged.v1') {
        const { briefing, customer } = event
        const row = { briefing, person: by, customer, acknowledged_at: effectiveAt, seq }
        await view.put('customer_acknowledgements', row)
      }
    }),
  ],
})

export const customersProjections: readonly Projection[] = [
  systemsView,
  contactsView,
  rosterView,
  agreementsView,
  briefingsView,
]
