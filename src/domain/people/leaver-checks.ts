import type { Check } from '../check.ts'
import { dayOf, labelOf } from './standing.ts'

/** Leavers stay in sight for a year; what was left open longer ago is an exception all the same. */
const leaverDays = 365

const hasLeft = `p.end_date < as_of_day()`

/** Hosts' accounts that a person can sign in to and that were assigned to the leaver. */
const hostAccounts = `select o.person, min(h.seq) as seq, count(*) as accounts
    from host_account_owners o
    join host_accounts h on h.host = o.host and h.account_key = o.account_key and h.interactive
    join hosts m on m.host = h.host and m.state = 'active'
   group by o.person`

/** What is checked of those who have left. `freshness` is that of the roster. */
export function leaverChecks(freshness: Check['freshness']): readonly Check[] {
  return [leaverAccess(freshness), leaverTimely(freshness), leaverRecorded(freshness)]
}

function leaverAccess(freshness: Check['freshness']): Check {
  return {
    id: 'people-leaver-access',
    title: { ja: '退職者のアクセス', en: 'Leavers have no access' },
    rule: {
      ja: '退職した人のアカウントは停止されていて、サーバのアカウントも残っていない。',
      en: 'Accounts of people who have left are disabled, and no account on a server remains.',
    },
    remedy: {
      ja: '直ちにアカウントを停止し、サーバのアカウントを消すか、新しい持ち主を登録する。',
      en: 'Disable the account at once; remove the account on the server or register its new owner.',
    },
    cadence: 'continuous',
    population: `select p.person as subject, ${labelOf('p.person')} as label
  from people p
 where ${hasLeft}`,
    exceptions: `select p.person as subject, ${labelOf('p.person')} as label,
       case when a.state = 'active' then 'account-active'
            when a.state = 'invited' then 'account-invited'
            else 'host-account' end as reason,
       coalesce(a.seq, h.seq) as observation
  from people p
  left join accounts a on a.person = p.person and a.state <> 'disabled'
  left join (${hostAccounts}) h on h.person = p.person
 where ${hasLeft} and (a.person is not null or h.person is not null)`,
    reasons: {
      'account-active': {
        ja: 'このシステムのアカウントがまだ使える。',
        en: 'The account of this system can still be used.',
      },
      'account-invited': {
        ja: 'このシステムへの招待がまだ残っている。',
        en: 'An invitation to this system is still open.',
      },
      'host-account': {
        ja: 'サーバに、サインインできるアカウントが残っている。',
        en: 'An account that can sign in remains on a server.',
      },
    },
    freshness,
  }
}

/** Whether the account was disabled on the last day; the story says when. */
function leaverTimely(freshness: Check['freshness']): Check {
  const leavers = `  from people p
  join accounts a on a.person = p.person and a.state = 'disabled'
  join lateral (
    select s.at, s.seq from person_story s
     where s.person = p.person and s.type = 'access.account-disabled.v1'
     order by s.seq desc limit 1) d on true
 where ${hasLeft} and p.end_date >= as_of_day() - ${leaverDays}`
  return {
    id: 'people-leaver-timely',
    title: { ja: '退職者のアクセスの当日停止', en: 'Leavers’ access ends on the last day' },
    rule: {
      ja: 'この一年に退職した人のアカウントは、最終日のうちに停止されている。',
      en: 'Accounts of people who left within the last year were disabled by the end of their last day.',
    },
    remedy: {
      ja: '遅れた理由を明らかにし、最終日に停止する手順を人事とIT担当で決め直す。',
      en: 'Find out why it was late, and settle between HR and IT how accounts are stopped on the day.',
    },
    cadence: 'continuous',
    population: `select p.person as subject, ${labelOf('p.person')} as label
${leavers}`,
    exceptions: `select p.person as subject, ${labelOf('p.person')} as label,
       'disabled-late' as reason, d.seq as observation
${leavers}
   and ${dayOf('d.at')} > p.end_date`,
    reasons: {
      'disabled-late': {
        ja: '停止されたのは、最終日より後である。',
        en: 'Disabled after the last day.',
      },
    },
    freshness,
  }
}

/** Those who had left when they first came in are none: nobody could record them earlier. */
function leaverRecorded(freshness: Check['freshness']): Check {
  const leavers = `  from people p
 where p.end_recorded_at is not null and ${hasLeft}
   and p.end_date >= as_of_day() - ${leaverDays}`
  return {
    id: 'people-leaver-recorded',
    title: { ja: '退職の登録の早さ', en: 'Departures are recorded in time' },
    rule: {
      ja: 'この一年の退職は、最終日までに名簿に登録されている。',
      en: 'Departures of the last year were on the roster by the last day.',
    },
    remedy: {
      ja: '退職が決まり次第、人事の一覧に退職日を入れ、その週のうちに取り込む。',
      en: 'Put the end date on the list as soon as it is known, and import it within the week.',
    },
    cadence: 'weekly',
    population: `select p.person as subject, ${labelOf('p.person')} as label
${leavers}`,
    exceptions: `select p.person as subject, ${labelOf('p.person')} as label,
       'recorded-late' as reason, p.seq as observation
${leavers}
   and ${dayOf('p.end_recorded_at')} > p.end_date`,
    reasons: {
      'recorded-late': {
        ja: '退職日が登録されたのは、最終日より後である。',
        en: 'The end date was recorded after the last day.',
      },
    },
    freshness,
  }
}
