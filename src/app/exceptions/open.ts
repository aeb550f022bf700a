import type { getException, listExceptions } from '../../contract/criteria.ts'
import type { Output } from '../../contract/route.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import { isActive } from '../controls/reads.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Judged, JudgedException } from '../judging/judged.ts'
import type { JudgingCases } from '../judging/open.ts'
import { readNames, readStory } from '../judging/reads.ts'
import { readDay } from '../judging/rows.ts'
import { showException } from '../judging/show.ts'
import type { Blobs, Views } from '../ports.ts'
import type { ActHandler } from '../signed-act.ts'
import { exceptionsActs } from './acts.ts'
import { readAcceptances } from './reads.ts'

type GivenAnswer = {
  readonly cause: string
  readonly plan: string
  readonly owner: string
  readonly due: string
}

export type ExceptionsCases = {
  readonly list: (options: {
    readonly asOf?: string | undefined
    readonly state?: JudgedException['state'] | undefined
    readonly check?: string | undefined
  }) => Promise<Output<typeof listExceptions>>
  readonly get: (exception: string, asOf?: string) => Promise<Output<typeof getException> | Refused>
  readonly answer: (exception: string, given: GivenAnswer, by: string) => Promise<Handled | Refused>
  readonly acts: readonly ActHandler[]
}

/** What people say about exceptions. That one is there, or gone, only the judge says. */
export function openExceptions(
  engine: Engine,
  { judging, blobs }: { readonly judging: JudgingCases; readonly blobs: Blobs },
): ExceptionsCases {
  const { exceptions: room, recorder } = judging
  return {
    async list({ asOf, state, check }) {
      const judged = await judging.judge(await engine.views(asOf))
      return judged.exceptions
        .filter((one) => state === undefined || one.state === state)
        .filter((one) => check === undefined || one.check === check)
        .map(showException)
    },
    async get(id, asOf) {
      const views = await engine.views(asOf)
      const judged = await judging.judge(views)
      const exception = judged.exceptions.find((one) => one.id === id)
      if (exception === undefined) return refuse('exception-unknown', id)
      return await shownWhole(exception, judged, views)
    },
    async answer(exception, given, by) {
      const { cause, plan, owner, due } = given
      const views = await engine.views()
      if (!(await isActive(views, owner))) return refuse('exception-owner-inactive', owner)
      // What the ledger knows already needs no judging again.
      const { state } = await room.state(`exceptions:${exception}`)
      if (state === 'absent' && (await recorder.recordOne(exception)) === null) {
        return refuse('exception-unknown', exception)
      }
      const said = { cause: cause.toWellFormed(), plan: plan.toWellFormed() }
      const words = await blobs.put(new TextEncoder().encode(canonicalJson(said)))
      const today = await readDay(views)
      return room.handle(
        { type: 'answer', exception, answer: { words, owner, due }, today },
        { by },
      )
    },
    acts: exceptionsActs(engine, judging),
  }
}

async function shownWhole(
  exception: JudgedException,
  judged: Judged,
  views: Views,
): Promise<Output<typeof getException>> {
  const { id, response, answeredBy } = exception
  const [acceptances, story, nameOf] = await Promise.all([
    readAcceptances(views, id),
    readStory(views, `exceptions:${id}`),
    readNames(views, [response?.owner ?? null, answeredBy]),
  ])
  const check = judged.checks.find((one) => one.check.id === exception.check)
  const controls = judged.controls.filter(
    ({ state, exceptions, checks }) =>
      state === 'adopted' && (exceptions.includes(id) || checks.includes(exception.check)),
  )
  return {
    ...showException(exception),
    remedy: check?.check.remedy ?? { ja: '', en: '' },
    occurrence: exception.occurrence,
    fixedBecause: exception.fixedBecause,
    observation: exception.observation,
    answeredBy: answeredBy === null ? null : nameOf(answeredBy),
    cause: exception.cause,
    response: response === null ? null : { ...response, owner: nameOf(response.owner) },
    acceptances,
    controls: controls.map(({ id: control, title }) => ({ id: control, title })),
    story,
  }
}
