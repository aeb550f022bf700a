import { z } from 'zod'
import type { StepId } from '../../domain/guide/steps.ts'
import type { Judged } from '../judging/judged.ts'
import type { Views } from '../ports.ts'

/** How far a step is. It is done when both are equal and there is something to do. */
export type Progress = { readonly done: number; readonly of: number }

/** What the other rooms say about one moment; the guide only counts it. */
export type Moment = {
  readonly judged: Judged
  readonly policies: readonly {
    readonly state: string
    readonly version: number | null
    readonly acknowledged: number
    readonly required: number
  }[]
  readonly courses: readonly { readonly required: number; readonly completed: number }[]
  readonly blocks: readonly { readonly toFill: { readonly ja: number; readonly en: number } }[]
}

const counts = z.object({
  organisations: z.int(),
  accounts: z.int(),
  people: z.int(),
  hosts: z.int(),
  assertions: z.int(),
})

const countQuery = `
  select (select count(*) from organisation) as organisations,
         (select count(*) from accounts where state = 'active') as accounts,
         (select count(*) from people) as people,
         (select count(*) from hosts) as hosts,
         (select count(*) from assertion_signatures) as assertions`

/** How far each step of the guide is, from the views and what was judged on them. */
export async function progressOf(
  views: Views,
  moment: Moment,
): Promise<Readonly<Record<StepId, Progress>>> {
  const [counted] = await views.rows(counts, countQuery)
  if (counted === undefined) throw new Error('counting gave no row')
  const policies = moment.policies.filter(({ state }) => state !== 'withdrawn')
  return {
    'set-up': atLeast(1, counted.organisations),
    'second-person': atLeast(2, counted.accounts),
    people: atLeast(1, counted.people),
    host: atLeast(1, counted.hosts),
    ...aboutControls(moment.judged),
    policies: share(policies, ({ version }) => version !== null),
    acknowledgements: {
      done: sum(policies, ({ acknowledged }) => acknowledged),
      of: sum(policies, ({ required }) => required),
    },
    training: {
      done: sum(moment.courses, ({ completed }) => completed),
      of: sum(moment.courses, ({ required }) => required),
    },
    description: share(moment.blocks, ({ toFill }) => toFill.ja === 0 || toFill.en === 0),
    assertion: atLeast(1, counted.assertions),
  }
}

function aboutControls({ criteria, controls, exceptions, checks }: Judged) {
  const applicable = criteria.filter(
    ({ inScope, status }) => inScope && status !== 'not-applicable',
  )
  const adopted = controls.filter(({ state }) => state === 'adopted')
  const turns = adopted.flatMap(({ occurrences }) => occurrences)
  const standing = exceptions.filter(({ state }) => state !== 'fixed')
  const isJudged = checks.some(({ status }) => status !== 'not-proven')
  return {
    controls: share(applicable, (criterion) => criterion.controls.length > 0),
    owners: share(adopted, ({ owner }) => owner !== null),
    evidence: share(turns, ({ state }) => state === 'done'),
    // Nothing to answer is done, once anything was looked at.
    exceptions:
      standing.length === 0
        ? { done: isJudged ? 1 : 0, of: 1 }
        : share(standing, ({ state }) => state !== 'open'),
  }
}

function atLeast(wanted: number, found: number): Progress {
  return { done: Math.min(found, wanted), of: wanted }
}

function share<T>(all: readonly T[], is: (one: T) => boolean): Progress {
  return { done: all.filter(is).length, of: all.length }
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
