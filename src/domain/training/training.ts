import { refuse, type Context, type Decider, type Refused } from '../decider.ts'
import type { Audience } from '../people/audience.ts'
import { grade, type Question } from './course.ts'
import type { TrainingEvent } from './events.ts'

type Offer = Omit<Extract<TrainingEvent, { type: 'training.offered.v1' }>, 'type'>

export type TrainingCommand =
  | { readonly type: 'offer'; readonly offer: Offer }
  | { readonly type: 'withdraw'; readonly course: string; readonly reason: string }
  | {
      readonly type: 'attempt'
      readonly person: string
      readonly course: string
      readonly edition: string
      readonly questions: readonly Question[]
      readonly passingScore: number
      readonly answers: Readonly<Record<string, number>>
      /** Today, in the organisation's zone. */
      readonly today: string
    }
  | {
      readonly type: 'complete'
      readonly person: string
      readonly course: string
      readonly on: string
      readonly score: number | null
      readonly passed: boolean
      readonly file: string
      readonly row: number
    }
  | {
      readonly type: 'import'
      readonly file: string
      readonly rows: number
      readonly recorded: number
      readonly unchanged: number
    }

type Terms = {
  readonly edition: string
  readonly audience: Audience
  readonly validMonths: number
  readonly passingScore: number
}

/** A stream is a course, one person in one course, or the imports; all begin absent. */
export type Training =
  | { readonly state: 'absent' }
  | ({ readonly state: 'offered' } & Terms)
  | { readonly state: 'withdrawn' }
  | {
      readonly state: 'trained'
      /** Days of attempts, newest last; only those of the newest day matter. */
      readonly attempts: { readonly on: string; readonly count: number }
      /** Days for which another system said something, in order. */
      readonly told: readonly string[]
    }

export type TrainingRefusal =
  | 'course-not-offered'
  | 'attempt-not-own'
  | 'attempts-too-many'
  | 'answers-incomplete'
  | 'answers-unknown'

/** More tries on one day are guessing. */
const attemptsPerDayMax = 5

/** Training: what is asked of whom, and every try, passed or not. */
export const training: Decider<TrainingCommand, Training, TrainingEvent, TrainingRefusal> = {
  initial: { state: 'absent' },
  decide(command, now, context) {
    switch (command.type) {
      case 'offer':
        return offer(command.offer, now)
      case 'withdraw': {
        if (now.state === 'withdrawn') return []
        if (now.state !== 'offered') return refuse('course-not-offered', command.course)
        const { course, reason } = command
        return [{ type: 'training.withdrawn.v1', course, reason }]
      }
      case 'attempt':
        return attempt(command, now, context)
      case 'complete': {
        if (now.state === 'trained' && now.told.includes(command.on)) return []
        const { type: _, ...said } = command
        return [{ type: 'training.completed.v1', ...said }]
      }
      case 'import': {
        const { type: _, ...said } = command
        return [{ type: 'training.imported.v1', ...said }]
      }
    }
  },
  evolve(now, event) {
    switch (event.type) {
      case 'training.offered.v1': {
        const { edition, audience, validMonths, passingScore } = event
        return { state: 'offered', edition, audience, validMonths, passingScore }
      }
      case 'training.withdrawn.v1':
        return { state: 'withdrawn' }
      case 'training.attempted.v1': {
        const { attempts, told } = trained(now)
        const count = attempts.on === event.on ? attempts.count + 1 : 1
        return { state: 'trained', attempts: { on: event.on, count }, told }
      }
      case 'training.completed.v1': {
        const { attempts, told } = trained(now)
        return { state: 'trained', attempts, told: [...told, event.on] }
      }
      case 'training.imported.v1':
        return now
    }
  },
}

function trained(now: Training): Omit<Extract<Training, { state: 'trained' }>, 'state'> {
  return now.state === 'trained' ? now : { attempts: { on: '', count: 0 }, told: [] }
}

function offer(offer: Offer, now: Training): readonly TrainingEvent[] {
  const same =
    now.state === 'offered' &&
    now.edition === offer.edition &&
    now.audience === offer.audience &&
    now.validMonths === offer.validMonths &&
    now.passingScore === offer.passingScore
  return same ? [] : [{ type: 'training.offered.v1', ...offer }]
}

function attempt(
  command: Extract<TrainingCommand, { type: 'attempt' }>,
  now: Training,
  { by }: Context,
): readonly TrainingEvent[] | Refused<TrainingRefusal> {
  const { person, course, edition, questions, passingScore, answers, today } = command
  if (person !== by) return refuse('attempt-not-own', person)
  const { attempts } = trained(now)
  if (attempts.on === today && attempts.count >= attemptsPerDayMax) {
    return refuse('attempts-too-many', String(attemptsPerDayMax))
  }
  const unanswered = questions.find(({ id }) => answers[id] === undefined)
  if (unanswered !== undefined) return refuse('answers-incomplete', unanswered.id)
  const ids = questions.map(({ id }) => id)
  const stray = Object.keys(answers).find((id) => !ids.includes(id))
  if (stray !== undefined) return refuse('answers-unknown', stray)
  const { score, wrong } = grade(questions, answers)
  return [
    {
      type: 'training.attempted.v1',
      person,
      course,
      edition,
      on: today,
      answers: { ...answers },
      score,
      wrong: [...wrong],
      passed: score >= passingScore,
    },
  ]
}
