import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { Status } from '../../domain/check.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import {
  judge as judgeName,
  type Exception,
  type ExceptionsCommand,
  type ExceptionsRefusal,
  type Finding,
} from '../../domain/exceptions/exceptions.ts'
import { personIn } from '../../domain/exceptions/identity.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import type { Judged, JudgedException } from './judged.ts'
import type { Judging } from './judging.ts'
import { judgingRoom } from './room.ts'

export type ExceptionsHandle = RoomHandle<ExceptionsCommand, Exception, ExceptionsRefusal>

export type Recorder = {
  /**
   * Judges now and records what is new: exceptions that were found, changed or are gone, then how
   * every check came out. Recording what is recorded already changes nothing.
   */
  readonly record: (by: string) => Promise<{ judged: Judged; done: Handled } | Refused>
  /** Records one exception if it is only shown so far; null when there is none with that id. */
  readonly recordOne: (exception: string) => Promise<JudgedException | null>
}

/** So many entries are appended at once. */
const asksMax = 200
/** Recording exceptions changes what the checks on exceptions say; that settles in a few turns. */
const turnsMax = 5

export function createRecorder(
  engine: Engine,
  needs: {
    readonly judging: Judging
    readonly blobs: Blobs
    readonly exceptions: ExceptionsHandle
  },
): Recorder {
  const { judging, exceptions } = needs
  const judgements = engine.open(judgingRoom)
  /** Writes down what the ledger does not say yet. */
  const write = async (
    news: readonly JudgedException[],
    judged: Judged,
    views: Views,
  ): Promise<Refused | null> => {
    const gone = news.filter(({ state }) => state === 'fixed')
    const present = await stillThere(views, gone, judging)
    for (let at = 0; at < news.length; at += asksMax) {
      const some = news.slice(at, at + asksMax)
      const details = await keepDetails(some, needs.blobs)
      const asks = some.map((exception, place) =>
        exceptions.ask(
          exception.state === 'fixed'
            ? cleared(exception, present, judged)
            : { type: 'find', finding: findingOf(exception, details, place) },
        ),
      )
      const done = await engine.transact(asks, { by: judgeName })
      if (isRefused(done)) return done
    }
    return null
  }
  return {
    async record(by) {
      for (let turn = 1; ; turn++) {
        const views = await engine.views()
        const judged = await judging.judge(views)
        const news = judged.exceptions.filter(({ recorded }) => !recorded)
        if (news.length > 0 && turn <= turnsMax) {
          const refused = await write(news, judged, views)
          if (refused !== null) return refused
          continue
        }
        const done = await judgements.handle(
          { type: 'record', judgement: judgementOf(judged) },
          { by },
        )
        return isRefused(done) ? done : { judged, done }
      }
    },
    async recordOne(exception) {
      const views = await engine.views()
      const judged = await judging.judge(views)
      const shown = judged.exceptions.find(({ id }) => id === exception)
      if (shown === undefined) return null
      if (shown.seq === null) {
        const refused = await write([shown], judged, views)
        if (refused !== null) throw new Error(`${exception} was refused: ${refused.refused}`)
      }
      return shown
    },
  }
}

function cleared(
  { id }: JudgedException,
  present: ReadonlySet<string>,
  { size }: Judged,
): ExceptionsCommand {
  const because = present.has(id) ? 'rule-holds' : 'subject-gone'
  return { type: 'clear', exception: id, because, size }
}

function findingOf(exception: JudgedException, details: string, place: number): Finding {
  const { id, check, subject, occurrence, code, observation } = exception
  const person = personIn(subject)
  return { exception: id, check, occurrence, reason: code, observation, person, details, place }
}

/** Whom and what the exceptions are about, durable before the entries that name the blob. */
async function keepDetails(exceptions: readonly JudgedException[], blobs: Blobs): Promise<string> {
  const details = exceptions.map(({ subject, label }) => ({
    subject,
    label: personIn(subject) === null ? label.slice(0, labelCharactersMax) : null,
  }))
  return await blobs.put(new TextEncoder().encode(canonicalJson(details)))
}

const labelCharactersMax = 500

/** Which of the exceptions are about something that the population still holds. */
async function stillThere(
  views: Views,
  gone: readonly JudgedException[],
  judging: Judging,
): Promise<ReadonlySet<string>> {
  const present = new Set<string>()
  for (const check of judging.checks) {
    const asked = gone.filter((exception) => exception.check === check.id)
    if (asked.length === 0) continue
    const rows = await views.rows(
      z.object({ subject: z.string() }),
      `with judged_population (subject, label) as (${check.population})
       select subject from judged_population where subject = any($1)`,
      [asked.map(({ subject }) => subject)],
    )
    const subjects = new Set(rows.map(({ subject }) => subject))
    for (const { id, subject } of asked) if (subjects.has(subject)) present.add(id)
  }
  return present
}

/** The judgement as an entry keeps it. */
function judgementOf(judged: Judged) {
  const { size, asOf, day, checks, criteria, controls, exceptions } = judged
  const inScope = criteria.filter((criterion) => criterion.inScope)
  const adopted = controls.filter(({ state }) => state === 'adopted')
  return {
    size,
    asOf,
    day,
    checks: checks.map(({ check, status, unproven, population, accepted, digest, ...rest }) => ({
      check: check.id,
      status,
      unproven,
      population,
      exceptions: rest.exceptions,
      accepted,
      digest,
    })),
    criteria: tallyOf(inScope.map(({ status }) => status)),
    controls: tallyOf(adopted.map(({ status }) => status)),
    exceptions: countStates(exceptions),
  }
}

export function tallyOf(statuses: readonly Status[]) {
  const count = (wanted: Status) => statuses.filter((status) => status === wanted).length
  return {
    met: count('met'),
    notMet: count('not-met'),
    notProven: count('not-proven'),
    notApplicable: count('not-applicable'),
  }
}

export function countStates(exceptions: readonly JudgedException[]) {
  const count = (wanted: JudgedException['state']) =>
    exceptions.filter(({ state }) => state === wanted).length
  return {
    open: count('open'),
    answered: count('answered'),
    accepted: count('accepted'),
    fixed: count('fixed'),
  }
}
