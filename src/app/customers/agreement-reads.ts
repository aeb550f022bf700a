import { z } from 'zod'
import type { agreementShown } from '../../contract/customer-shapes.ts'
import { agreementDocument } from '../../domain/customers/documents.ts'
import type { Blobs, Views } from '../ports.ts'
import { agreementRows } from './facts.ts'
import { agreementOf } from './reads.ts'

export type AgreementShown = z.infer<typeof agreementShown>

const who = z.object({ id: z.string(), name: z.string().nullable() })

const versionRow = z.object({
  version: z.number(),
  state: z.enum(['draft', 'active', 'suspended', 'superseded', 'declined', 'revoked', 'expired']),
  document: z.string(),
  title_ja: z.string(),
  title_en: z.string(),
  systems: z.array(z.string()),
  hosts: z.array(z.string()),
  risk: z.enum(['normal', 'destructive']),
  runbook: z.string(),
  parameters: agreementDocument.shape.parameters,
  trigger_kind: agreementDocument.shape.trigger.shape.kind,
  trigger_source: z.string(),
  runs: z.number(),
  run_days: z.number(),
  expires: z.string(),
  drafted_by: who,
  drafted_at: z.string(),
  decided_by: who.nullable(),
  decided_at: z.string().nullable(),
  signed_seq: z.number().nullable(),
  said: z.string().nullable(),
  seq: z.number(),
})

/** An agreement with all its versions, newest first, each with its runbook. */
export async function agreementOne(
  views: Views,
  blobs: Blobs,
  agreement: string,
): Promise<AgreementShown | null> {
  const [row] = await agreementRows(views, null, agreement)
  if (row === undefined) return null
  const [names, versions] = await Promise.all([
    views.rows(
      z.object({ ja: z.string(), en: z.string() }),
      'select name_ja as ja, name_en as en from customers where customer = $1',
      [row.customer],
    ),
    versionRows(views, agreement),
  ])
  const customerName = names[0] ?? { ja: row.customer, en: row.customer }
  const shown = await Promise.all(versions.map((version) => withRunbook(version, blobs)))
  return { ...agreementOf(row), customerName, versions: shown }
}

function versionRows(views: Views, agreement: string) {
  return views.rows(
    versionRow,
    `select v.version, v.document, v.title_ja, v.title_en, v.systems, v.hosts, v.risk, v.runbook,
            v.parameters -> 'list' as parameters, v.trigger_kind, v.trigger_source, v.runs,
            v.run_days, v.expires, v.drafted_at, v.signed_at as decided_at, v.signed_seq, v.said,
            v.seq,
            case when v.state = 'active' and v.expires < as_of_day() then 'expired'
                 else v.state end as state,
            json_build_object('id', v.drafted_by, 'name', d.name) as drafted_by,
            case when v.signed_by is not null
                 then json_build_object('id', v.signed_by, 'name', s.name) end as decided_by
       from customer_agreement_versions v
       left join persons d on d.person = v.drafted_by
       left join persons s on s.person = v.signed_by
      where v.agreement = $1
      order by v.version desc`,
    [agreement],
  )
}

async function withRunbook(
  row: z.infer<typeof versionRow>,
  blobs: Blobs,
): Promise<AgreementShown['versions'][number]> {
  const { version, state, document, systems, hosts, risk, parameters, expires, said, seq } = row
  const runbook = new TextDecoder().decode(await blobs.get(row.runbook))
  return {
    version,
    state,
    document,
    title: { ja: row.title_ja, en: row.title_en },
    systems,
    hosts,
    risk,
    runbook,
    runbookDigest: row.runbook,
    parameters,
    trigger: { kind: row.trigger_kind, source: row.trigger_source },
    runLimit: { runs: row.runs, days: row.run_days },
    expires,
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    signedSeq: row.signed_seq,
    said,
    seq,
  }
}
