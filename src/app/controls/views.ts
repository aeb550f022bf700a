import type { ControlDefinition } from '../../domain/controls/events.ts'
import {
  defineProjection,
  reads,
  type Origin,
  type Projection,
  type Row,
  type ViewWriter,
} from '../projection.ts'
import { controlsRoom } from './room.ts'

/**
 * `controls` holds each control as it stands (`state`: `adopted` or `retired`), with its checks,
 * criteria and other requirements; `control_versions` everything that was decided about it.
 */
const controlsView = defineProjection({
  name: 'controls',
  version: 1,
  tables: [
    'controls',
    'control_checks',
    'control_criteria',
    'control_mappings',
    'control_versions',
  ],
  ddl: `
    create table controls (
      control text primary key,
      version integer not null,
      state text not null,
      title_ja text not null,
      title_en text not null,
      statement_ja text not null,
      statement_en text not null,
      proof_ja text not null,
      proof_en text not null,
      owner_role text not null,
      owner text,
      cadence text not null,
      evidence boolean not null,
      origin text not null,
      seq bigint not null
    );
    create table control_checks (
      control text not null,
      check_id text not null,
      primary key (control, check_id)
    );
    create index on control_checks (check_id);
    create table control_criteria (
      control text not null,
      criterion text not null,
      primary key (control, criterion)
    );
    create index on control_criteria (criterion);
    create table control_mappings (
      control text not null,
      framework text not null,
      requirement text not null,
      place integer not null,
      relation text not null,
      rationale_ja text not null,
      rationale_en text not null,
      primary key (control, framework, requirement)
    );
    create table control_versions (
      control text not null,
      seq bigint not null,
      version integer not null,
      kind text not null,
      change text not null,
      decided_by text not null,
      at timestamptz not null,
      cadence text,
      evidence boolean,
      primary key (control, seq)
    );`,
  readers: [
    reads(controlsRoom, async (event, origin, view) => {
      const { control } = event
      const { seq } = origin
      switch (event.type) {
        case 'controls.adopted.v1':
        case 'controls.added.v1': {
          const { version, definition } = event
          const kind = event.type === 'controls.adopted.v1' ? 'adopted' : 'added'
          const row = columns(version, definition, kind === 'added' ? 'own' : 'library', seq)
          // Taken up again after it was retired, it keeps its owner.
          await (version === 1
            ? view.put('controls', { control, owner: null, ...row })
            : view.patch('controls', { control }, row))
          await replaceLists(control, definition, view)
          await view.put('control_versions', decision(event, kind, '', definition, origin))
          return
        }
        case 'controls.edited.v1': {
          const { version, change, definition } = event
          await view.patch('controls', { control }, columns(version, definition, event.origin, seq))
          await replaceLists(control, definition, view)
          await view.put('control_versions', decision(event, 'edited', change, definition, origin))
          return
        }
        case 'controls.retired.v1':
          await view.patch('controls', { control }, { state: 'retired', seq })
          await view.put('control_versions', decision(event, 'retired', event.reason, null, origin))
          return
        case 'controls.owner-assigned.v1':
          await view.patch('controls', { control }, { owner: event.to, seq })
          return
      }
    }),
  ],
})

export const controlsProjections: readonly Projection[] = [controlsView]

function columns(version: number, text: ControlDefinition, origin: string, seq: number): Row {
  return {
    version,
    state: 'adopted',
    title_ja: text.title.ja,
    title_en: text.title.en,
    statement_ja: text.statement.ja,
    statement_en: text.statement.en,
    proof_ja: text.proof.ja,
    proof_en: text.proof.en,
    owner_role: text.ownerRole,
    cadence: text.cadence,
    evidence: text.evidence,
    origin,
    seq,
  }
}

/** What a version names replaces what the version before named. */
async function replaceLists(control: string, text: ControlDefinition, view: ViewWriter) {
  await view.remove('control_checks', { control })
  for (const check_id of text.checks) await view.put('control_checks', { control, check_id })
  await view.remove('control_criteria', { control })
  await view.remove('control_mappings', { control })
  for (const [place, { framework, id, relation, rationale }] of text.mappings.entries()) {
    if (framework === 'soc2') await view.put('control_criteria', { control, criterion: id })
    await view.put('control_mappings', {
      control,
      framework,
      requirement: id,
      place,
      relation,
      rationale_ja: rationale.ja,
      rationale_en: rationale.en,
    })
  }
}

function decision(
  { control, version }: { readonly control: string; readonly version: number },
  kind: 'adopted' | 'added' | 'edited' | 'retired',
  change: string,
  text: ControlDefinition | null,
  { seq, by, effectiveAt }: Origin,
): Row {
  return {
    control,
    seq,
    version,
    kind,
    change,
    decided_by: by,
    at: effectiveAt,
    cadence: text?.cadence ?? null,
    evidence: text?.evidence ?? null,
  }
}
