import { combine } from '../../domain/check.ts'
import type { Catalogue } from '../../domain/criteria/catalogue.ts'
import { monthsLater } from '../../domain/exceptions/exceptions.ts'
import type { CheckFinding } from './judge-checks.ts'
import type {
  Gap,
  JudgedControl,
  JudgedCriterion,
  JudgedException,
  Occurrence,
  ProvableStatus,
} from './judged.ts'
import type { ControlRow, CriterionRow, OccurrenceRow } from './rows.ts'

type Part = { readonly status: ProvableStatus; readonly unproven: Gap }

const met: Part = { status: 'met', unproven: 'none' }
const notMet: Part = { status: 'not-met', unproven: 'none' }
const missing: Part = { status: 'not-proven', unproven: 'no-data' }

/** The check whose exceptions are times at which a control was not carried out. */
const performed = 'control-performed'

export type Shown = { readonly accepted: string | null; readonly awaiting: boolean }

export function judgeControls(from: {
  readonly rows: readonly ControlRow[]
  readonly findings: readonly CheckFinding[]
  readonly occurrences: readonly OccurrenceRow[]
  readonly onOccurrence: ReadonlyMap<string, Shown>
  readonly exceptions: readonly JudgedException[]
  readonly day: string
}): JudgedControl[] {
  const findings = new Map(from.findings.map((finding) => [finding.check.id, finding]))
  const turns = Map.groupBy(from.occurrences, ({ control }) => control)
  const standing = from.exceptions.filter(({ state }) => state !== 'fixed')
  const byCheck = Map.groupBy(standing, ({ check }) => check)
  return from.rows.map((row) => {
    const occurrences = (turns.get(row.id) ?? []).map(({ from: first, to, state, over }) => ({
      from: first,
      to,
      state,
      over,
    }))
    const evidence = row.evidence
      ? [evidencePart(row, occurrences, from.onOccurrence.get(row.id), from.day)]
      : []
    const parts = [...row.checks.map((check) => checkPart(findings.get(check))), ...evidence]
    const missed = (byCheck.get(performed) ?? []).filter(({ subject }) =>
      subject.startsWith(`${row.id} `),
    )
    const found = row.checks.flatMap((check) => byCheck.get(check) ?? [])
    return {
      ...row,
      ...together(parts, 'no-test'),
      occurrences,
      exceptions: [...new Set([...found, ...missed].map(({ id }) => id))],
    }
  })
}

export function judgeCriteria(
  catalogue: Catalogue,
  rows: readonly CriterionRow[],
  controls: readonly JudgedControl[],
): JudgedCriterion[] {
  const answering = new Map<string, JudgedControl[]>()
  for (const control of controls) {
    if (control.state !== 'adopted') continue
    for (const { framework, id } of control.mappings) {
      if (framework === 'soc2') answering.set(id, [...(answering.get(id) ?? []), control])
    }
  }
  const known = new Map(rows.map((row) => [row.id, row]))
  return catalogue.criteria.flatMap((entry) => {
    const row = known.get(entry.id)
    if (row === undefined) return []
    const below = answering.get(entry.id) ?? []
    const { inScope, category, exclusion } = row
    const judged = exclusion === null ? together(below, 'no-controls') : notApplicable
    return [
      {
        entry,
        category,
        inScope,
        ...judged,
        controls: below.map(({ id }) => id),
        exceptions: [...new Set(below.flatMap(({ exceptions }) => exceptions))],
        exclusion:
          exclusion === null ? null : { ...exclusion, at: new Date(exclusion.at).toISOString() },
      },
    ]
  })
}

const notApplicable = { status: 'not-applicable', unproven: 'none' } as const

/** The worst of the parts; what nothing stands on is not proven, for the reason `nothing`. */
function together(parts: readonly Part[], nothing: Gap): Part {
  if (parts.length === 0) return { status: 'not-proven', unproven: nothing }
  const status = combine(parts.map((part) => part.status))
  if (status === 'not-applicable') throw new Error('only a criterion can be not applicable')
  const gap = parts.find((part) => part.status === 'not-proven')?.unproven ?? 'none'
  return { status, unproven: status === 'not-proven' ? gap : 'none' }
}

/** A check that this version of the program does not know tests nothing. */
function checkPart(finding: CheckFinding | undefined): Part {
  return finding ?? { status: 'not-proven', unproven: 'no-test' }
}

/**
 * What a control's documents prove. A missed turn counts until a later one is done: what was not
 * done cannot be undone, but doing it again shows that the control works again. A turn that is over
 * and whose document nobody has inspected proves nothing, nor does a control never yet shown.
 */
function evidencePart(
  { cadence }: ControlRow,
  turns: readonly Occurrence[],
  shown: Shown | undefined,
  day: string,
): Part {
  if (cadence === 'on-occurrence') return onOccurrencePart(shown, day)
  const lastDone = turns.findLastIndex(({ state }) => state === 'done')
  const since = turns.slice(lastDone + 1)
  if (since.some(({ state }) => state === 'missed')) return notMet
  if (lastDone === -1) return missing
  const forgotten = since.some(({ state, over }) => state === 'awaiting-inspection' && over)
  return forgotten ? missing : met
}

/** Nobody can foresee its turns; that it happens has to be shown once a year. */
function onOccurrencePart(shown: Shown | undefined, day: string): Part {
  if (shown === undefined || shown.accepted === null) return missing
  return day > monthsLater(shown.accepted, 12) ? { status: 'not-proven', unproven: 'stale' } : met
}
