import { evidenceLabel } from '../../domain/evidence/events.ts'
import { defineProjection, reads, type Projection } from '../projection.ts'
import { evidenceRoom } from './room.ts'

/**
 * `state` is `awaiting-inspection`, `accepted` or `rejected`: a rejection is final, so it stands
 * whatever comes after. `from_day` and `to_day` are what the document shows.
 */
const evidenceView = defineProjection({
  name: 'evidence',
  version: 1,
  tables: ['evidence', 'evidence_controls', 'evidence_inspections'],
  ddl: `
    create table evidence (
      evidence text primary key,
      title text not null,
      file_name text not null,
      media_type text not null,
      size bigint not null,
      sha256 text not null,
      from_day date not null,
      to_day date not null,
      uploader text not null,
      uploaded_at timestamptz not null,
      scanned text not null,
      state text not null,
      seq bigint not null
    );
    create table evidence_controls (
      evidence text not null,
      control text not null,
      primary key (evidence, control)
    );
    create index on evidence_controls (control);
    create table evidence_inspections (
      seq bigint primary key,
      evidence text not null,
      inspector text not null,
      inspected_at timestamptz not null,
      conclusion text not null,
      note text not null
    );
    create index on evidence_inspections (evidence);`,
  readers: [
    reads(evidenceRoom, async (event, { seq, by, effectiveAt }, view) => {
      switch (event.type) {
        case 'evidence.submitted.v1': {
          const { evidence, controls } = event
          const label = new TextDecoder().decode(await view.blob(event.labelSha256))
          const { title, fileName } = evidenceLabel.parse(JSON.parse(label))
          await view.put('evidence', {
            evidence,
            title,
            file_name: fileName,
            media_type: event.mediaType,
            size: event.size,
            sha256: event.sha256,
            from_day: event.from,
            to_day: event.to,
            uploader: by,
            uploaded_at: effectiveAt,
            scanned: event.scanned,
            state: 'awaiting-inspection',
            seq,
          })
          for (const control of controls) await view.put('evidence_controls', { evidence, control })
          return
        }
        case 'evidence.inspected.v1': {
          const { evidence, conclusion, note } = event
          await view.put('evidence_inspections', {
            seq,
            evidence,
            inspector: by,
            inspected_at: effectiveAt,
            conclusion,
            note,
          })
          // The decider lets nothing follow a rejection.
          await view.patch('evidence', { evidence }, { state: conclusion })
          return
        }
      }
    }),
  ],
})

export const evidenceProjections: readonly Projection[] = [evidenceView]
