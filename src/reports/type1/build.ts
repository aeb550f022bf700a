import { z } from 'zod'
import { assertionText, type AssertionSignature } from '../../app/audit/assertion.ts'
import { description } from '../../app/audit/description.ts'
import type { Facts } from '../../app/audit/prefix.ts'
import type { StarterTexts } from '../../app/audit/starter-texts.ts'
import type { Views } from '../../app/ports.ts'
import type { Language } from '../../domain/audit/events.ts'
import { writtenDay, writtenInstant } from '../../domain/audit/written-numbers.ts'
import { conclusion } from '../../domain/evidence/events.ts'
import { categories } from '../../domain/organisation/events.ts'
import {
  controlResults,
  criteriaResults,
  exceptionRecords,
  otherResults,
  unreadMembers,
  type Telling,
} from './judged-results.ts'
import { descriptionCriteria } from './model.ts'
import type {
  Assertion,
  Checkpoint,
  DescriptionBlock,
  EvidenceRecord,
  Type1Report,
  Unproven,
} from './model.ts'
import { summaryTables } from './summaries.ts'
import { en } from './texts-en.ts'
import { ja } from './texts-ja.ts'

/**
 * The report of a prefix: everything from the facts at that prefix, and from what proves them. The
 * signature below the assertion is looked for by whoever calls, for it may lie behind the prefix.
 */
export async function buildType1(from: {
  readonly facts: Facts
  readonly starter: StarterTexts
  readonly language: Language
  readonly signature: AssertionSignature | null
  readonly checkpoint: Checkpoint
}): Promise<Type1Report> {
  const { facts, starter, language, signature, checkpoint } = from
  const { views, judged, figures } = facts
  const texts = language === 'ja' ? ja : en
  const organisation = await organisationOf(views)
  const zone = organisation.zone
  const [blocks, telling, summaries, silent] = await Promise.all([
    description(views, starter),
    tellingOf(facts, language, zone),
    summaryTables(views, language, texts),
    silentSources(views, texts.unproven['source-failing']),
  ])
  const { text, digest } = assertionText(starter, figures, language)
  return {
    language,
    organisation: { name: organisation.name, zone, demonstration: organisation.demonstration },
    asOf: { date: judged.day, instant: judged.asOf },
    prefix: views.size,
    checkpoint,
    categories: organisation.categories,
    sectionI: 'not-issued',
    assertion: assertionOf(text, digest, signature),
    figures: { ...figures, 'report.date': writtenDay(figures['report.date'], language) },
    description: blocks.flatMap((block): DescriptionBlock[] => {
      const criterion = descriptionCriteria.find((one) => one === block.criterion)
      if (criterion === undefined) return []
      const [title, markdown] = [block.title[language], block.text[language]]
      return [{ id: block.id, criterion, title, markdown }]
    }),
    summaries,
    criteria: criteriaResults(telling),
    controls: controlResults(telling),
    otherTests: otherResults(telling),
    exceptions: exceptionRecords(telling),
    unproven: [...silent, ...unreadMembers(telling)],
    otherInformation: blocks
      .filter(({ criterion }) => criterion === 'V')
      .map((block) => block.text[language])
      .join('\n\n'),
  }
}

function assertionOf(
  markdown: string,
  digest: string,
  signature: AssertionSignature | null,
): Assertion {
  if (signature === null) return { markdown, digest, status: 'unsigned' }
  const { by, at, credentialId, fingerprint, seq } = signature
  return {
    markdown,
    digest,
    status: 'signed',
    signer: { name: by.name, title: by.title },
    signedAt: at,
    credential: { id: credentialId, fingerprint },
    entry: seq,
  }
}

async function organisationOf(views: Views) {
  const [found] = await views.rows(
    z.object({
      name: z.object({ ja: z.string(), en: z.string() }),
      zone: z.string(),
      demonstration: z.boolean(),
      categories: z.array(z.enum(categories)),
    }),
    `select json_build_object('ja', name_ja, 'en', name_en) as name, time_zone as zone,
            demonstration, categories
       from organisation`,
  )
  if (found === undefined) throw new Error('there are figures, but no organisation')
  return found
}

async function tellingOf(facts: Facts, language: Language, zone: string): Promise<Telling> {
  const { views, judged } = facts
  const named = z.object({ person: z.string(), name: z.string().nullable() })
  const accepted = z.object({ exception: z.string(), reason: z.string() })
  const [persons, acceptances, evidence] = await Promise.all([
    views.rows(named, 'select person, name from persons'),
    views.rows(
      accepted,
      `select distinct on (exception) exception, reason
         from exception_acceptances order by exception, seq desc`,
    ),
    evidenceOf(views),
  ])
  const names = new Map(persons.map(({ person, name }) => [person, name]))
  return {
    judged,
    language,
    texts: language === 'ja' ? ja : en,
    zone,
    dayOf: (instant) => writtenInstant(instant, zone).slice(0, 10),
    nameOf: (person) => names.get(person) ?? null,
    acceptances: new Map(acceptances.map(({ exception, reason }) => [exception, reason])),
    evidence,
  }
}

const evidenceRow = z.object({
  control: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  inspectedBy: z.string().nullable(),
  conclusion: conclusion.nullable(),
  digest: z.string(),
  entry: z.number(),
})

/** Documents whose period ended in the twelve months up to the day, by control, newest first. */
async function evidenceOf(views: Views): Promise<Map<string, EvidenceRecord[]>> {
  const rows = await views.rows(
    evidenceRow,
    `select ec.control, e.title, e.from_day as "from", e.to_day as "to", e.sha256 as digest,
            i.name as "inspectedBy", i.conclusion, e.seq as entry
       from evidence e
       join evidence_controls ec on ec.evidence = e.evidence
       left join lateral (
         select i.conclusion, coalesce(p.name, i.inspector) as name
           from evidence_inspections i
           left join persons p on p.person = i.inspector
          where i.evidence = e.evidence
          order by i.seq desc limit 1) as i on true
      where e.to_day > as_of_day() - interval '12 months'
      order by ec.control collate "C", e.to_day desc, e.seq desc`,
  )
  const byControl = new Map<string, EvidenceRecord[]>()
  for (const { control, from, to, ...row } of rows) {
    const record: EvidenceRecord = {
      ...row,
      period: { from, to },
      conclusion: row.conclusion ?? 'none',
    }
    byControl.set(control, [...(byControl.get(control) ?? []), record])
  }
  return byControl
}

/** Sources whose newest observation failed, or that never gave one. */
async function silentSources(views: Views, text: string): Promise<Unproven[]> {
  const rows = await views.rows(
    z.object({ name: z.string() }),
    `select name from sources
      where state = 'active'
        and (last_success_at is null or last_failure_at > last_success_at)
      order by name collate "C", source`,
  )
  return rows.map(({ name }) => ({ subject: name, code: 'source-failing', text }))
}
