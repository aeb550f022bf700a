import { z } from 'zod'
import { conclusion, documentTypes } from '../../domain/evidence/events.ts'
import type { Views } from '../ports.ts'

const who = z.object({ id: z.string(), name: z.string().nullable() })

const evidenceRow = z.object({
  id: z.string(),
  title: z.string(),
  fileName: z.string(),
  mediaType: z.enum(documentTypes),
  size: z.number(),
  sha256: z.string(),
  controls: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  uploadedAt: z.string(),
  by: who,
  state: z.enum(['awaiting-inspection', 'accepted', 'rejected']),
  seq: z.number(),
})
export type EvidenceRow = z.infer<typeof evidenceRow>

const inspectionRow = z.object({
  by: who,
  at: z.string(),
  conclusion,
  note: z.string(),
  seq: z.number(),
})

const rows = `
  select e.evidence as id, e.title, e.file_name as "fileName", e.media_type as "mediaType", e.size,
         e.sha256, e.from_day as "from", e.to_day as "to", e.uploaded_at as "uploadedAt", e.state,
         e.seq, json_build_object('id', e.uploader, 'name', p.name) as by,
         array(select control from evidence_controls c
                where c.evidence = e.evidence order by control) as controls
    from evidence e
    left join persons p on p.person = e.uploader`

/** Newest period first. */
export function evidenceList(views: Views, control?: string): Promise<EvidenceRow[]> {
  return views.rows(
    evidenceRow,
    `${rows}
      where $1::text is null
         or exists (select from evidence_controls c
                     where c.evidence = e.evidence and c.control = $1)
      order by e.to_day desc, e.seq desc`,
    [control ?? null],
  )
}

export async function evidenceOne(
  views: Views,
  id: string,
): Promise<(EvidenceRow & { inspections: z.infer<typeof inspectionRow>[] }) | null> {
  const [found] = await views.rows(evidenceRow, `${rows} where e.evidence = $1`, [id])
  if (found === undefined) return null
  const inspections = await views.rows(
    inspectionRow,
    `select json_build_object('id', i.inspector, 'name', p.name) as by, i.inspected_at as at,
            i.conclusion, i.note, i.seq
       from evidence_inspections i
       left join persons p on p.person = i.inspector
      where i.evidence = $1
      order by i.seq`,
    [id],
  )
  return { ...found, inspections }
}

/** Which of the controls are adopted, with the version that stands. */
export async function adoptedControls(
  views: Views,
  controls: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await views.rows(
    z.object({ control: z.string() }),
    `select control from controls where state = 'adopted' and control = any($1)`,
    [controls],
  )
  return new Set(found.map(({ control }) => control))
}

/** Today in the organisation's zone, as the views are judged. */
export async function todayOf(views: Views): Promise<string> {
  const [found] = await views.rows(z.object({ day: z.string() }), 'select as_of_day() as day')
  if (found === undefined) throw new Error('as_of_day() gave no day')
  return found.day
}
