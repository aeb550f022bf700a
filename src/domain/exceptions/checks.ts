import type { Check } from '../check.ts'
import { worksHere } from '../controls/checks.ts'

/** Days within which somebody has to say why it happened and what will be done. */
const ANSWER_DAYS = 14
const RECURRENCE_DAYS = 180
const RECURRENCES = 3

/**
 * Exceptions that these checks raise themselves are left out: one that nobody answered would raise
 * another about itself every fortnight. A label holds ids only, because whom or what an exception
 * is about may have to be forgotten one day.
 */
const everyException = `select exception as subject, check_id || ' ' || subject as label
  from exceptions
 where check_id not like 'exception-%'`

const answered: Check = {
  id: 'exception-answered',
  title: { ja: '例外への回答', en: 'Exceptions are answered' },
  rule: {
    ja: `見つかった例外には、${ANSWER_DAYS}日以内に原因と対応が記録されるか、解消している。`,
    en: `Within ${ANSWER_DAYS} days an exception is fixed, or its cause and response are recorded.`,
  },
  remedy: {
    ja: '例外のページで、原因、対応、担当者、期限を記録する。',
    en: 'Record the cause, the response, its owner and the date on the exception’s page.',
  },
  cadence: 'continuous',
  population: everyException,
  exceptions: `select exception as subject, check_id || ' ' || subject as label,
       'not-answered' as reason, seq as observation
  from exceptions
 where check_id not like 'exception-%' and state = 'open'
   and opened_at < as_of() - interval '${ANSWER_DAYS} days'`,
  reasons: {
    'not-answered': {
      ja: `見つかってから${ANSWER_DAYS}日を過ぎても、原因と対応が記録されていない。`,
      en: `No cause and response were recorded in the ${ANSWER_DAYS} days since it was found.`,
    },
  },
  freshness: null,
}

const responseDue: Check = {
  id: 'exception-response-due',
  title: { ja: '例外への対応の期限', en: 'Responses are carried out in time' },
  rule: {
    ja: '例外への対応は期限までに終わり、在籍している担当者がいる。',
    en: 'Responses to exceptions are carried out by their date, and their owners work here.',
  },
  remedy: {
    ja: '対応を終えて次の観測で解消させるか、遅れた理由と新しい期限、担当者を記録する。',
    en: 'Finish the response so that the next observation shows it, or record why it is late, with a new date and owner.',
  },
  cadence: 'continuous',
  population: everyException,
  exceptions: `select exception as subject, check_id || ' ' || subject as label,
       case when response_due < as_of_day() then 'overdue' else 'owner-gone' end as reason,
       answered_seq as observation
  from exceptions
 where check_id not like 'exception-%'
   and (state = 'answered' or (state = 'accepted' and accepted_until < as_of_day()))
   and (response_due < as_of_day() or not ${worksHere('exceptions.response_owner')})`,
  reasons: {
    overdue: {
      ja: '対応の期限を過ぎても解消していない。',
      en: 'The response was due, and the exception is still there.',
    },
    'owner-gone': {
      ja: '対応の担当者が在籍していない。',
      en: 'The owner of the response does not work here any more.',
    },
  },
  freshness: null,
}

const acceptanceExpired: Check = {
  id: 'exception-acceptance-expired',
  title: { ja: '受容の期限', en: 'Acceptances have not run out' },
  rule: {
    ja: '期限の切れた受容のまま残っている例外がない。',
    en: 'No exception lives on under an acceptance that has run out.',
  },
  remedy: {
    ja: '例外を解消するか、回答した人とは別の人が改めて受容に署名する。',
    en: 'Fix the exception, or have somebody who did not answer it sign the acceptance anew.',
  },
  cadence: 'continuous',
  population: everyException,
  exceptions: `select exception as subject, check_id || ' ' || subject as label,
       'acceptance-expired' as reason, accepted_seq as observation
  from exceptions
 where check_id not like 'exception-%' and state = 'accepted' and accepted_until < as_of_day()`,
  reasons: {
    'acceptance-expired': {
      ja: '受容の期限が切れたが、例外は解消していない。',
      en: 'The acceptance has run out, and the exception is still there.',
    },
  },
  freshness: null,
}

const recurring: Check = {
  id: 'exception-recurring',
  title: { ja: '例外の再発', en: 'Exceptions do not keep coming back' },
  rule: {
    ja: `同じ例外が${RECURRENCE_DAYS}日のうちに${RECURRENCES}回以上起きていない。`,
    en: `The same exception does not occur ${RECURRENCES} times or more within ${RECURRENCE_DAYS} days.`,
  },
  remedy: {
    ja: '症状ではなく原因を直す。原因の記録を見直し、恒久的な対応を決める。',
    en: 'Repair the cause and not the symptom: look at the recorded causes again and decide on a lasting response.',
  },
  cadence: 'continuous',
  population: everyException,
  exceptions: `select e.exception as subject, e.check_id || ' ' || e.subject as label,
       'recurring' as reason, e.seq as observation
  from exceptions as e
 where e.check_id not like 'exception-%'
   and e.occurrence >= ${RECURRENCES}
   and e.opened_at >= as_of() - interval '${RECURRENCE_DAYS} days'
   -- The third one back was not long ago either.
   and exists (select from exceptions as before
                where before.check_id = e.check_id and before.subject = e.subject
                  and before.occurrence = e.occurrence - ${RECURRENCES - 1}
                  and before.opened_at >= as_of() - interval '${RECURRENCE_DAYS} days')
   and not exists (select from exceptions as after
                    where after.check_id = e.check_id and after.subject = e.subject
                      and after.occurrence > e.occurrence)`,
  reasons: {
    recurring: {
      ja: `${RECURRENCE_DAYS}日のうちに${RECURRENCES}回以上起きている。`,
      en: `It occurred ${RECURRENCES} times or more within ${RECURRENCE_DAYS} days.`,
    },
  },
  freshness: null,
}

export const exceptionsChecks: readonly Check[] = [
  answered,
  responseDue,
  acceptanceExpired,
  recurring,
]
