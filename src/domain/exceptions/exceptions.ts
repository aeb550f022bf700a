import { refuse, type Context, type Decider, type Refused } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { ExceptionsEvent } from './events.ts'
import { answerDigest, type Answer } from './identity.ts'

/** What a check found, as the judge says it. */
export type Finding = {
  readonly exception: string
  readonly check: string
  readonly occurrence: number
  readonly reason: string
  readonly observation: number | null
  readonly person: string | null
  /** Where the subject and its label are kept: the blob's SHA-256, and the place in it. */
  readonly details: string
  readonly place: number
}

export type ExceptionsCommand =
  | { readonly type: 'find'; readonly finding: Finding }
  | {
      readonly type: 'clear'
      readonly exception: string
      readonly because: 'rule-holds' | 'subject-gone'
      readonly size: number
    }
  | {
      readonly type: 'answer'
      readonly exception: string
      readonly answer: Answer
      /** Today in the organisation's zone. */
      readonly today: string
    }
  | {
      readonly type: 'accept'
      readonly exception: string
      readonly until: string
      readonly reason: string
      readonly finding: string
      readonly answer: string
      readonly signature: Signature
      readonly today: string
    }

export type Exception =
  | { readonly state: 'absent' }
  | {
      readonly state: 'open' | 'fixed'
      /** Whom it is about. */
      readonly person: string | null
      readonly reason: string
      readonly answer: (Answer & { readonly by: string }) | null
    }

export type ExceptionsRefusal =
  | 'exception-unknown'
  | 'exception-by-hand'
  | 'exception-fixed'
  | 'exception-due-past'
  | 'exception-due-far'
  | 'exception-not-answered'
  | 'exception-own-answer'
  | 'exception-about-yourself'
  | 'exception-changed'
  | 'exception-acceptance-past'
  | 'exception-acceptance-long'

/** Only the judge finds and clears: it has looked at the views, and nobody else may say so. */
export const judge = 'system:judge'

/** An acceptance ends within so many months; a response is due within as many. */
const monthsMax = 12

type ExceptionsDecider = Decider<ExceptionsCommand, Exception, ExceptionsEvent, ExceptionsRefusal>

/** One time that a rule did not hold. It stays for ever; only a later look shows it fixed. */
export const exceptions: ExceptionsDecider = {
  initial: { state: 'absent' },
  decide(command, now, context) {
    switch (command.type) {
      case 'find':
        return context.by === judge ? find(command.finding, now) : refuse('exception-by-hand')
      case 'clear': {
        if (context.by !== judge) return refuse('exception-by-hand')
        if (now.state !== 'open') return []
        const { exception, because, size } = command
        return [{ type: 'exceptions.fixed.v1', exception, because, size }]
      }
      case 'answer':
        return answer(command, now)
      case 'accept':
        return accept(command, now, context)
    }
  },
  evolve(now, event, { by }) {
    switch (event.type) {
      case 'exceptions.opened.v1':
        return { state: 'open', person: event.person, reason: event.reason, answer: null }
      case 'exceptions.changed.v1':
        return now.state === 'absent' ? now : { ...now, reason: event.to }
      case 'exceptions.fixed.v1':
        return now.state === 'absent' ? now : { ...now, state: 'fixed' }
      case 'exceptions.answered.v1': {
        const { words, owner, due } = event
        return now.state === 'absent' ? now : { ...now, answer: { words, owner, due, by } }
      }
      case 'exceptions.accepted.v1':
        return now
    }
  },
}

type Decision = readonly ExceptionsEvent[] | Refused<ExceptionsRefusal>
type Command<Type extends ExceptionsCommand['type']> = Extract<ExceptionsCommand, { type: Type }>

function find(finding: Finding, now: Exception): Decision {
  const { exception, reason, observation } = finding
  switch (now.state) {
    case 'absent':
      return [{ type: 'exceptions.opened.v1', ...finding }]
    case 'open': {
      if (now.reason === reason) return []
      const answered = now.answer !== null
      const from = now.reason
      return [{ type: 'exceptions.changed.v1', exception, from, to: reason, observation, answered }]
    }
    case 'fixed':
      // Found again while another node recorded the fix: the next look sees a new occurrence.
      return []
  }
}

/** A new answer is a new revision: what was accepted before is no longer what stands there. */
function answer({ exception, answer: given, today }: Command<'answer'>, now: Exception): Decision {
  if (now.state === 'absent') return refuse('exception-unknown', exception)
  const { words, owner, due } = given
  if (due < today) return refuse('exception-due-past', 'due')
  if (due > monthsLater(today, monthsMax)) return refuse('exception-due-far', 'due')
  if (now.answer !== null && answerDigest(now.answer) === answerDigest(given)) return []
  return [{ type: 'exceptions.answered.v1', exception, words, owner, due, standing: now.state }]
}

/**
 * Nobody bears a risk on the organisation's behalf that is their own: whoever answered, whoever is to
 * carry the response out and whoever it is about cannot accept it.
 */
function accept(command: Command<'accept'>, now: Exception, { by }: Context): Decision {
  const { exception, until, reason, finding, signature, today } = command
  if (now.state === 'absent') return refuse('exception-unknown', exception)
  if (now.state === 'fixed') return refuse('exception-fixed', exception)
  if (now.answer === null) return refuse('exception-not-answered', exception)
  if (now.person === by) return refuse('exception-about-yourself', exception)
  if (now.answer.by === by || now.answer.owner === by) {
    return refuse('exception-own-answer', exception)
  }
  if (until < today) return refuse('exception-acceptance-past', 'until')
  if (until > monthsLater(today, monthsMax)) return refuse('exception-acceptance-long', 'until')
  if (now.reason !== finding || answerDigest(now.answer) !== command.answer) {
    return refuse('exception-changed', exception)
  }
  return [
    {
      type: 'exceptions.accepted.v1',
      exception,
      until,
      reason,
      finding,
      answer: command.answer,
      signature,
    },
  ]
}

/** The same day so many months later, or the last day of that month where it has no such day. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const later = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
  return later.toISOString().slice(0, 10)
}
