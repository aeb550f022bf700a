import type { z } from 'zod'
import type { exceptionRow } from '../../contract/criteria-rows.ts'
import type { getBoard, getControl, listChecks } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import type { JudgedCheck, JudgedControl, JudgedCriterion, JudgedException } from './judged.ts'

type ExceptionShown = z.output<typeof exceptionRow>
type CheckShown = Output<typeof listChecks>[number]
type ControlShown = Omit<
  Output<typeof getControl>,
  'proof' | 'unproven' | 'checkRows' | 'occurrences' | 'versions' | 'mappings'
>
type CriterionShown = Output<typeof getBoard>['criteria'][number]

/** What was judged, as the contract's rows show it. */
export function showException(exception: JudgedException): ExceptionShown {
  const { id, check, checkTitle, subject, label, reason, state } = exception
  const { openedAt, fixedAt, acceptedUntil, ageDays } = exception
  return {
    id,
    check,
    checkTitle,
    subject,
    label,
    reason,
    state,
    openedAt,
    fixedAt,
    acceptedUntil,
    ageDays,
  }
}

export function showCheck(judged: JudgedCheck): CheckShown {
  const { check, status, unproven, population, exceptions, accepted, lastSeenAt } = judged
  const { id, title, rule, cadence } = check
  return {
    id,
    title,
    rule,
    status,
    unproven,
    population,
    exceptions,
    accepted,
    cadence,
    lastSeenAt,
    controls: [...judged.controls],
  }
}

export function showControl(control: JudgedControl): ControlShown {
  const { id, title, statement, origin, version, state, ownerRole, owner } = control
  const { cadence, evidence, checks, status } = control
  return {
    id,
    title,
    statement,
    origin,
    version,
    state,
    ownerRole,
    owner,
    cadence,
    evidence,
    checks: [...checks],
    criteria: criteriaOf(control),
    status,
    exceptions: control.exceptions.length,
  }
}

function criteriaOf({ mappings }: Pick<JudgedControl, 'mappings'>): string[] {
  return mappings.filter(({ framework }) => framework === 'soc2').map(({ id }) => id)
}

export function showCriterion(criterion: JudgedCriterion): CriterionShown {
  const { entry, category, status, controls, exceptions } = criterion
  return {
    id: entry.id,
    series: entry.series,
    category,
    title: entry.title,
    status,
    controls: controls.length,
    exceptions: exceptions.length,
  }
}
