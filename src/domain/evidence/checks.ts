import type { Check } from '../check.ts'

/** Days after which a document nobody inspected counts as forgotten. */
const INSPECTION_DAYS = 14
/** Days after the end of its period within which a document must be uploaded. */
const UPLOAD_DAYS = 60

/** How old the last day shown may be: one turn of the cadence, and time to upload and inspect. */
const current = `case c.cadence
           when 'daily' then interval '3 days'
           when 'weekly' then interval '14 days'
           when 'monthly' then interval '1 month 14 days'
           when 'quarterly' then interval '3 months 14 days'
           when 'semiannual' then interval '6 months 14 days'
           when 'annual' then interval '12 months 14 days'
         end`

/** The longest period that one document can show as one turn of the cadence. */
const longest = `case c.cadence
           when 'daily' then interval '1 day'
           when 'weekly' then interval '7 days'
           when 'monthly' then interval '1 month'
           when 'quarterly' then interval '3 months'
           when 'semiannual' then interval '6 months'
           when 'annual' then interval '12 months'
         end`

const byCalendar = `c.cadence in ('daily', 'weekly', 'monthly', 'quarterly', 'semiannual', 'annual')`

const evidenceCurrent: Check = {
  id: 'evidence-current',
  title: { ja: '証拠の新しさ', en: 'Evidence is current' },
  rule: {
    ja: '証拠を必要とする統制には、適切と結論された、頻度に見合う新しさの証拠がある。',
    en: 'Every control that needs evidence has an accepted document as recent as its cadence asks.',
  },
  remedy: {
    ja: '直近の期間を示す文書を登録し、登録者以外の人が検証する。行われていなければ、統制を実施する。',
    en: 'Upload a document that shows the latest period and have somebody else inspect it. Where the control was not carried out, carry it out.',
  },
  cadence: 'continuous',
  population: `select c.control as subject, c.control as label
  from controls c
 where c.state = 'adopted' and c.evidence and ${byCalendar}
 order by c.control`,
  exceptions: `select c.control as subject, c.control as label,
       case
         when bool_or(e.state = 'accepted') then 'evidence-old'
         when bool_or(e.state = 'awaiting-inspection') then 'evidence-not-inspected'
         when bool_or(e.state = 'rejected') then 'evidence-rejected'
         else 'evidence-none'
       end as reason,
       max(e.seq) as observation
  from controls c
  left join evidence_controls ec on ec.control = c.control
  left join evidence e on e.evidence = ec.evidence
 where c.state = 'adopted' and c.evidence and ${byCalendar}
 group by c.control
having not coalesce(bool_or(e.state = 'accepted' and e.to_day >= as_of_day() -
         ${current}), false)
 order by c.control`,
  reasons: {
    'evidence-old': {
      ja: '適切と結論された証拠はあるが、古い。',
      en: 'The accepted evidence is too old.',
    },
    'evidence-not-inspected': {
      ja: '証拠は登録されているが、誰も検証していない。',
      en: 'Evidence was uploaded, but nobody has inspected it.',
    },
    'evidence-rejected': {
      ja: '証拠は検証されたが、不適切と結論された。',
      en: 'The evidence was inspected and rejected.',
    },
    'evidence-none': { ja: '証拠が登録されていない。', en: 'There is no evidence.' },
  },
  freshness: null,
}

const evidenceInspected: Check = {
  id: 'evidence-inspected',
  title: { ja: '証拠の検証', en: 'Evidence is inspected' },
  rule: {
    ja: `登録された証拠は、${INSPECTION_DAYS}日以内に登録者以外の人が検証し、結論に署名している。`,
    en: `Within ${INSPECTION_DAYS} days of upload, somebody other than the uploader has inspected each document and signed the conclusion.`,
  },
  remedy: {
    ja: '登録者以外の人が証拠を開き、内容を確かめて、結論に署名する。',
    en: 'Have somebody other than the uploader open the document, look, and sign a conclusion.',
  },
  cadence: 'continuous',
  population: `select evidence as subject, title as label
  from evidence
 order by evidence`,
  exceptions: `select evidence as subject, title as label, 'not-inspected' as reason, seq as observation
  from evidence
 where state = 'awaiting-inspection'
   and uploaded_at < as_of() - interval '${INSPECTION_DAYS} days'
 order by evidence`,
  reasons: {
    'not-inspected': {
      ja: `登録から${INSPECTION_DAYS}日を過ぎても、誰も検証していない。`,
      en: `Nobody has inspected it in the ${INSPECTION_DAYS} days since it was uploaded.`,
    },
  },
  freshness: null,
}

const inspectedIndependently: Check = {
  id: 'evidence-inspected-independently',
  title: { ja: '証拠の検証者の独立', en: 'Evidence is inspected independently' },
  rule: {
    ja: '適切と結論された証拠は、登録者でもその統制の責任者でもない人が、少なくとも一人検証している。',
    en: 'At least one of those who accepted a document neither uploaded it nor owns the control it is for.',
  },
  remedy: {
    ja: '統制の責任者ではない人にも、証拠を検証してもらう。',
    en: 'Have it inspected by somebody who does not own the control, too.',
  },
  cadence: 'continuous',
  population: `select evidence as subject, title as label
  from evidence
 where state = 'accepted'
 order by evidence`,
  exceptions: `select e.evidence as subject, e.title as label, 'own-control' as reason,
       max(i.seq) as observation
  from evidence e
  join evidence_inspections i on i.evidence = e.evidence and i.conclusion = 'accepted'
 where e.state = 'accepted'
 group by e.evidence, e.title, e.uploader
having bool_and(
         i.inspector = e.uploader
         or exists (select from evidence_controls ec
                      join controls c on c.control = ec.control
                     where ec.evidence = e.evidence and c.owner = i.inspector))
 order by e.evidence`,
  reasons: {
    'own-control': {
      ja: '検証したのが、その統制の責任者だけである。',
      en: 'Only owners of the control have inspected it.',
    },
  },
  freshness: null,
}

const periodFits: Check = {
  id: 'evidence-period-fits',
  title: { ja: '証拠の対象期間', en: 'The period of evidence fits' },
  rule: {
    ja: '一つの文書が示す期間は、統制の頻度の一回分より長くない。',
    en: 'A document shows no longer period than one turn of the control’s cadence.',
  },
  remedy: {
    ja: '期間を分けて、一回ごとの文書を登録する。',
    en: 'Upload one document for each time that the control was carried out.',
  },
  cadence: 'continuous',
  population: `select distinct e.evidence as subject, e.title as label
  from evidence e
  join evidence_controls ec on ec.evidence = e.evidence
  join controls c on c.control = ec.control and c.state = 'adopted'
 where e.state <> 'rejected' and ${byCalendar}
 order by e.evidence`,
  exceptions: `select distinct e.evidence as subject, e.title as label, 'period-long' as reason,
       e.seq as observation
  from evidence e
  join evidence_controls ec on ec.evidence = e.evidence
  join controls c on c.control = ec.control and c.state = 'adopted'
 where e.state <> 'rejected' and ${byCalendar}
   and e.to_day >= e.from_day + ${longest}
 order by e.evidence`,
  reasons: {
    'period-long': {
      ja: '対象期間が、統制の頻度の一回分より長い。',
      en: 'The period is longer than one turn of the control’s cadence.',
    },
  },
  freshness: null,
}

const timely: Check = {
  id: 'evidence-timely',
  title: { ja: '証拠の適時の登録', en: 'Evidence is uploaded in time' },
  rule: {
    ja: `証拠は、対象期間が終わってから${UPLOAD_DAYS}日以内に登録されている。`,
    en: `Evidence is uploaded within ${UPLOAD_DAYS} days after its period ended.`,
  },
  remedy: {
    ja: '後から作られた文書でないことを説明し、次からは期間が終わり次第登録する。',
    en: 'Explain that it was not made after the fact, and upload it right after the period from now on.',
  },
  cadence: 'continuous',
  population: `select evidence as subject, title as label
  from evidence
 where state <> 'rejected'
 order by evidence`,
  exceptions: `select evidence as subject, title as label, 'uploaded-late' as reason, seq as observation
  from evidence
 where state <> 'rejected'
   and (uploaded_at at time zone 'UTC')::date - to_day > ${UPLOAD_DAYS}
 order by evidence`,
  reasons: {
    'uploaded-late': {
      ja: `対象期間が終わってから${UPLOAD_DAYS}日を過ぎて登録された。`,
      en: `It was uploaded more than ${UPLOAD_DAYS} days after its period ended.`,
    },
  },
  freshness: null,
}

export const evidenceChecks: readonly Check[] = [
  evidenceCurrent,
  evidenceInspected,
  inspectedIndependently,
  periodFits,
  timely,
]
