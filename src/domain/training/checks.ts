import type { Check } from '../check.ts'
import { rosterFreshness } from '../people/checks.ts'
import { dayOf, isHere, isMeant, labelOf } from '../people/standing.ts'

/** So long somebody may take for a course that is new to them. */
const graceDays = 30

/** Everybody who must take each course that is offered, and when they last passed it. */
const required = `  from courses c
  join people p on ${isHere('p')} and ${isMeant('c', 'p')}
  left join (select person, course, max(on_day) as on_day, max(seq) as seq
               from training_results where passed group by person, course) r
         on r.person = p.person and r.course = c.course
 where c.state = 'offered'`

const label = `${labelOf('p.person')} || ' · ' || c.title_ja`

const current: Check = {
  id: 'training-current',
  title: { ja: '研修の有効期限', en: 'Training is current' },
  rule: {
    ja: `対象者は、実施中の研修にそれぞれ合格していて、有効期限内である。新しい対象者は${graceDays}日以内に受ける。`,
    en: `Everybody concerned has passed each course offered and the pass is still valid; newcomers have ${graceDays} days.`,
  },
  remedy: {
    ja: '本人に受講してもらう。受ける時間がなければ、上長が確保する。',
    en: 'Have them take the course; their manager sees that there is time for it.',
  },
  cadence: 'continuous',
  population: `select c.course || '/' || p.person as subject, ${label} as label
${required}`,
  exceptions: `select c.course || '/' || p.person as subject, ${label} as label,
       case when r.on_day is null then 'missing' else 'expired' end as reason,
       coalesce(r.seq, c.seq) as observation
${required}
   and case when r.on_day is null
            then greatest(p.start_date, ${dayOf('c.offered_at')}) + ${graceDays} < as_of_day()
            else r.on_day + make_interval(months => c.valid_months) < as_of_day() end`,
  reasons: {
    missing: { ja: 'まだ合格していない。', en: 'Not passed yet.' },
    expired: { ja: '合格の有効期限が切れている。', en: 'The pass has expired.' },
  },
  freshness: rosterFreshness,
}

/** The newest result of everybody who works here, in every course that is offered. */
const newest = `  from (
    select distinct on (r.person, r.course) r.person, r.course, r.passed, r.seq
      from training_results r
     order by r.person, r.course, r.on_day desc, r.seq desc) r
  join people p on p.person = r.person and ${isHere('p')}
  join courses c on c.course = r.course and c.state = 'offered'`

const quizPassed: Check = {
  id: 'training-quiz-passed',
  title: { ja: '試験の合格', en: 'Quizzes are passed' },
  rule: {
    ja: '試験を受けた人は、直近の試験に合格している。不合格のまま終わっている人はいない。',
    en: 'Whoever took a quiz passed it the last time; nobody has stopped at a failure.',
  },
  remedy: {
    ja: '教材を読み直し、合格するまで受けてもらう。',
    en: 'Have them read the course again and repeat the quiz until they pass.',
  },
  cadence: 'continuous',
  population: `select r.course || '/' || r.person as subject, ${label} as label
${newest}`,
  exceptions: `select r.course || '/' || r.person as subject, ${label} as label,
       'failed' as reason, r.seq as observation
${newest}
 where not r.passed`,
  reasons: { failed: { ja: '直近の試験が不合格である。', en: 'The last quiz was failed.' } },
  freshness: null,
}

export const trainingChecks: readonly Check[] = [current, quizPassed]
