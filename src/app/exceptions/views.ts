import { answerWords, exceptionDetails } from '../../domain/exceptions/events.ts'
import { defineProjection, reads, type Projection, type ViewWriter } from '../projection.ts'
import { exceptionsRoom } from './room.ts'

/**
 * Every exception that was ever recorded. `state` is `open`, `answered`, `accepted` or `fixed` as
 * decisions and observations left it; an acceptance says nothing from the day after
 * `accepted_until`, which nobody records: whoever reads compares it with `as_of_day()`.
 * `label` is null where `person` says whom it is about: their name is looked up, and goes with them.
 */
const exceptionsView = defineProjection({
  name: 'exceptions',
  version: 1,
  tables: ['exceptions', 'exception_acceptances'],
  ddl: `
    create table exceptions (
      exception text primary key,
      check_id text not null,
      subject text not null,
      occurrence integer not null,
      person text,
      label text,
      reason text not null,
      observation bigint,
      state text not null,
      opened_at timestamptz not null,
      fixed_at timestamptz,
      fixed_because text,
      cause text,
      plan text,
      response_owner text,
      response_due date,
      answered_by text,
      answered_at timestamptz,
      answered_seq bigint,
      accepted_by text,
      accepted_until date,
      accepted_seq bigint,
      seq bigint not null
    );
    create index on exceptions (check_id, subject, occurrence);
    create table exception_acceptances (
      seq bigint primary key,
      exception text not null,
      accepted_by text not null,
      accepted_at timestamptz not null,
      until date not null,
      reason text not null
    );
    create index on exception_acceptances (exception);`,
  readers: [
    reads(exceptionsRoom, async (event, origin, view) => {
      const { exception } = event
      const { seq, by, effectiveAt } = origin
      switch (event.type) {
        case 'exceptions.opened.v1': {
          const details = await detailsOf(event.details, view)
          const about = details[event.place]
          if (about === undefined) throw new Error(`${event.details} has no ${event.place}`)
          const { check, occurrence, person, reason, observation } = event
          const found = { check_id: check, ...about, occurrence, person, reason, observation }
          await view.put('exceptions', {
            exception,
            ...found,
            ...untouched,
            state: 'open',
            opened_at: effectiveAt,
            seq,
          })
          return
        }
        case 'exceptions.changed.v1': {
          const { to, observation, answered } = event
          const state = answered ? 'answered' : 'open'
          const changes = { reason: to, observation, state, ...notAccepted, seq }
          await view.patch('exceptions', { exception }, changes)
          return
        }
        case 'exceptions.fixed.v1': {
          const fixed = { state: 'fixed', fixed_at: effectiveAt, fixed_because: event.because }
          await view.patch('exceptions', { exception }, { ...fixed, seq })
          return
        }
        case 'exceptions.answered.v1': {
          const { words, owner, due, standing } = event
          const { cause, plan } = answerWords.parse(await json(words, view))
          const state = standing === 'open' ? { state: 'answered', ...notAccepted } : {}
          const answer = { cause, plan, response_owner: owner, response_due: due }
          const who = { answered_by: by, answered_at: effectiveAt, answered_seq: seq }
          await view.patch('exceptions', { exception }, { ...answer, ...who, ...state, seq })
          return
        }
        case 'exceptions.accepted.v1': {
          const { until, reason } = event
          const changes = { state: 'accepted', accepted_by: by, accepted_until: until }
          await view.patch('exceptions', { exception }, { ...changes, accepted_seq: seq, seq })
          await view.put('exception_acceptances', {
            seq,
            exception,
            accepted_by: by,
            accepted_at: effectiveAt,
            until,
            reason,
          })
          return
        }
      }
    }),
  ],
})

export const exceptionsProjections: readonly Projection[] = [exceptionsView]

const notAccepted = { accepted_by: null, accepted_until: null, accepted_seq: null }

const untouched = {
  fixed_at: null,
  fixed_because: null,
  cause: null,
  plan: null,
  response_owner: null,
  response_due: null,
  answered_by: null,
  answered_at: null,
  answered_seq: null,
  ...notAccepted,
}

type Details = ReturnType<typeof exceptionDetails.parse>

const lastRead = new WeakMap<ViewWriter, { readonly sha256: string; readonly details: Details }>()

/** Exceptions found together share one document, and their entries follow one another. */
async function detailsOf(sha256: string, view: ViewWriter): Promise<Details> {
  const last = lastRead.get(view)
  if (last?.sha256 === sha256) return last.details
  const details = exceptionDetails.parse(await json(sha256, view))
  lastRead.set(view, { sha256, details })
  return details
}

async function json(sha256: string, view: ViewWriter): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await view.blob(sha256)))
}
