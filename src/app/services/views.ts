import { details, type Details } from '../../domain/services/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type ViewWriter,
} from '../projection.ts'
import { servicesRoom } from './room.ts'

const services = defineProjection({
  name: 'services',
  version: 1,
  tables: ['services', 'service_sources', 'service_break_glass'],
  ddl: `
    create table services (
      service text primary key,
      name text not null,
      kind text not null,
      url text,
      vendor text,
      owner text not null,
      data_class text not null,
      audience text not null,
      sign_on text not null,
      sign_on_checked_on date,
      sign_on_evidence text,
      own_min_length integer,
      own_lock_after integer,
      own_mfa boolean,
      own_evidence text,
      report_kind text,
      report_expires date,
      report_evidence text,
      state text not null,
      retired_reason text,
      changed_by text not null,
      changed_at timestamptz not null,
      seq bigint not null
    );
    create table service_sources (
      service text not null,
      source text not null,
      seq bigint not null,
      primary key (service, source)
    );
    create table service_break_glass (
      service text not null,
      login text not null,
      seq bigint not null,
      primary key (service, login)
    );`,
  readers: [
    reads(servicesRoom, async (event, origin, view) => {
      const { service } = event
      switch (event.type) {
        case 'services.registered.v1':
        case 'services.changed.v1': {
          const bytes = await view.blob(event.detailsSha256)
          const said = details.parse(JSON.parse(new TextDecoder().decode(bytes)))
          return describe(service, said, origin, view)
        }
        case 'services.retired.v1': {
          const retired = { state: 'retired', retired_reason: event.reason, seq: origin.seq }
          return view.patch('services', { service }, retired)
        }
      }
    }),
  ],
})

async function describe(
  service: string,
  said: Details,
  { seq, by, effectiveAt }: Origin,
  view: ViewWriter,
): Promise<void> {
  const { signOn, ownPolicy, report } = said
  await view.put('services', {
    service,
    name: said.name,
    kind: said.kind,
    url: said.url,
    vendor: said.vendor,
    owner: said.owner,
    data_class: said.dataClass,
    audience: said.audience,
    sign_on: signOn.state,
    sign_on_checked_on: signOn.checkedOn,
    sign_on_evidence: signOn.evidence,
    own_min_length: ownPolicy?.minLength ?? null,
    own_lock_after: ownPolicy?.lockAfter ?? null,
    own_mfa: ownPolicy?.mfa ?? null,
    own_evidence: ownPolicy?.evidence ?? null,
    report_kind: report?.kind ?? null,
    report_expires: report?.expires ?? null,
    report_evidence: report?.evidence ?? null,
    state: 'in-use',
    retired_reason: null,
    changed_by: by,
    changed_at: effectiveAt,
    seq,
  })
  await view.remove('service_sources', { service })
  await view.remove('service_break_glass', { service })
  for (const source of new Set(said.sources)) {
    await view.put('service_sources', { service, source, seq })
  }
  for (const login of new Set(said.breakGlass)) {
    await view.put('service_break_glass', { service, login, seq })
  }
}

export const servicesProjections: readonly Projection[] = [services]
