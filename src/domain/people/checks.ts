import type { Check } from '../check.ts'
import { leaverChecks } from './leaver-checks.ts'
import { isHere, labelOf } from './standing.ts'

/** A roster is imported weekly; after twice that nobody can say any more who works here. */
export const rosterFreshness: Check['freshness'] = {
  query: 'select max(imported_at) as at from roster_imports',
  days: 14,
}

const rosterDays = 7
/** So long a newcomer may work without the first course. */
const joinerDays = 30
/** The course that everybody takes first. */
const firstCourse = 'information-security-basics'

const rosterFresh: Check = {
  id: 'people-roster-fresh',
  title: { ja: '名簿の新しさ', en: 'The roster is fresh' },
  rule: {
    ja: `社員名簿は、直近${rosterDays}日のうちに取り込まれ、差分が確定されている。`,
    en: `Within the last ${rosterDays} days the roster was imported and its differences were confirmed.`,
  },
  remedy: {
    ja: '人事の最新の一覧を取り込み、入社、異動、退職の差分を確かめて確定する。',
    en: 'Import the newest list of HR, look at the joiners, movers and leavers, and confirm.',
  },
  cadence: 'weekly',
  population: `select 'roster' as subject, 'roster' as label
  from roster_imports
having count(*) > 0`,
  exceptions: `select 'roster' as subject, 'roster' as label, 'roster-old' as reason,
       max(seq) as observation
  from roster_imports
having max(imported_at) < as_of() - interval '${rosterDays} days'`,
  reasons: {
    'roster-old': {
      ja: `最後の取込みから${rosterDays}日を超えている。`,
      en: `The last import is more than ${rosterDays} days old.`,
    },
  },
  freshness: null,
}

const rosterComplete: Check = {
  id: 'people-roster-complete',
  title: { ja: '名簿から消えた人', en: 'Nobody vanished from the roster' },
  rule: {
    ja: '在籍者は全員、最新の名簿に載っている。退職日のないまま消えた人はいない。',
    en: 'Everybody who works here is on the newest list; nobody vanished from it without an end date.',
  },
  remedy: {
    ja: '退職した人には退職日を入れて名簿に戻し、在籍中の人は名簿に加えて、取り込み直す。',
    en: 'Put leavers back on the list with their end date, add those who still work here, and import it again.',
  },
  cadence: 'weekly',
  population: `select p.person as subject, ${labelOf('p.person')} as label
  from people p
 where ${isHere('p')}`,
  exceptions: `select p.person as subject, ${labelOf('p.person')} as label, 'vanished' as reason,
       p.seq as observation
  from people p
 where ${isHere('p')} and not p.is_named`,
  reasons: {
    vanished: {
      ja: '退職日がないまま、最新の名簿から消えている。',
      en: 'Missing from the newest list, without an end date.',
    },
  },
  freshness: rosterFreshness,
}

/**
 * Somebody stands at the top: of those without a manager, the one under whom most people are. It is
 * counted all the way down, so that a newcomer who was given no manager is never taken for the head.
 */
const top = `with recursive above (person, manager, depth) as (
  select p.person, p.manager, 1 from people p where ${isHere('p')}
  union all
  select a.person, m.manager, a.depth + 1
    from above a join people m on m.person = a.manager
   where a.depth < 100),
head as (
  select p.person
    from people p left join above a on a.manager = p.person
   where ${isHere('p')} and p.manager is null
   group by p.person
   order by count(a.person) desc, p.start_date, p.person
   limit 1)`

const managerAssigned: Check = {
  id: 'people-manager-assigned',
  title: { ja: '上長の定め', en: 'Everybody has a manager' },
  rule: {
    ja: '組織の長一人を除く在籍者全員に、在籍中の上長がいる。',
    en: 'Everybody who works here, but for the one at the top, has a manager who works here too.',
  },
  remedy: {
    ja: '名簿に上長を登録して取り込み直す。上長が退職したら、その日までに次の上長を決める。',
    en: 'Put the manager on the list and import it again. When a manager leaves, name the next by then.',
  },
  cadence: 'weekly',
  population: `select p.person as subject, ${labelOf('p.person')} as label
  from people p
 where ${isHere('p')}`,
  exceptions: `${top}
select p.person as subject, ${labelOf('p.person')} as label,
       case when p.manager is null then 'no-manager' else 'manager-not-here' end as reason,
       p.seq as observation
  from people p
  left join people m on m.person = p.manager and ${isHere('m')}
 where ${isHere('p')} and m.person is null
   and p.person not in (select person from head)`,
  reasons: {
    'no-manager': { ja: '上長が登録されていない。', en: 'No manager is recorded.' },
    'manager-not-here': {
      ja: '登録された上長が、もう在籍していない（またはまだ着任していない）。',
      en: 'The recorded manager does not work here any more (or not yet).',
    },
  },
  freshness: rosterFreshness,
}

/** Of the erased no department is known any more; that they had one is not doubted for it. */
const departmentAssigned: Check = {
  id: 'people-department-assigned',
  title: { ja: '所属の定め', en: 'Everybody has a department' },
  rule: {
    ja: '在籍者全員の所属が名簿に登録されている。',
    en: 'The roster names a department for everybody who works here.',
  },
  remedy: {
    ja: '名簿に部署を登録して取り込み直す。',
    en: 'Put the department on the list and import it again.',
  },
  cadence: 'weekly',
  population: `select p.person as subject, ${labelOf('p.person')} as label
  from people p
 where ${isHere('p')}`,
  exceptions: `select p.person as subject, ${labelOf('p.person')} as label,
       'no-department' as reason, p.seq as observation
  from people p
 where ${isHere('p')} and p.department is null and p.employee_number is not null`,
  reasons: {
    'no-department': { ja: '所属が登録されていない。', en: 'No department is recorded.' },
  },
  freshness: rosterFreshness,
}

const accountHolder: Check = {
  id: 'people-account-holder',
  title: { ja: 'アカウントの持ち主', en: 'Accounts belong to people on the roster' },
  rule: {
    ja: 'このシステムのアカウントは、監査人と閲覧者を除き、在籍者のものである。',
    en: 'Accounts of this system, but for auditors and readers, belong to people on the roster.',
  },
  remedy: {
    ja: '持ち主を名簿に加えて取り込み直すか、アカウントを停止する。',
    en: 'Add the holder to the list and import it again, or disable the account.',
  },
  cadence: 'weekly',
  population: `select a.person as subject, ${labelOf('a.person')} as label
  from accounts a
 where a.state <> 'disabled' and a.role not in ('auditor', 'read-only')`,
  exceptions: `select a.person as subject, ${labelOf('a.person')} as label,
       'not-on-roster' as reason, a.seq as observation
  from accounts a
  left join people p on p.person = a.person
 where a.state <> 'disabled' and a.role not in ('auditor', 'read-only')
   and p.person is null`,
  reasons: {
    'not-on-roster': { ja: '持ち主が名簿にいない。', en: 'The holder is not on the roster.' },
  },
  freshness: rosterFreshness,
}

/** Joiners of the last year, and when each first passed the first course. */
const joiners = `  from people p
  left join lateral (
    select r.on_day, r.seq from training_results r
     where r.person = p.person and r.course = '${firstCourse}' and r.passed
     order by r.on_day, r.seq limit 1) t on true
 where ${isHere('p')}
   and p.start_date between as_of_day() - 365 and as_of_day()`

const joinerTraining: Check = {
  id: 'people-joiner-training',
  title: { ja: '入社者の早期教育', en: 'Joiners are trained early' },
  rule: {
    ja: `この一年に入社した在籍者は、入社から${joinerDays}日以内に「情報セキュリティ基礎」に合格している。`,
    en: `Everybody who joined within the last year passed “Information security basics” within ${joinerDays} days.`,
  },
  remedy: {
    ja: '本人に受講してもらう。合格するまで本番環境に触れさせない。ほかの仕組みで修了していれば、記録を取り込む。',
    en: 'Have them take the course, and keep them from production until they pass. Import completions from elsewhere.',
  },
  cadence: 'continuous',
  population: `select p.person as subject, ${labelOf('p.person')} as label
${joiners}`,
  exceptions: `select p.person as subject, ${labelOf('p.person')} as label,
       case when t.on_day is null then 'not-trained' else 'trained-late' end as reason,
       coalesce(t.seq, p.seq) as observation
${joiners}
   and p.start_date + ${joinerDays} < coalesce(t.on_day, as_of_day())`,
  reasons: {
    'not-trained': {
      ja: `入社から${joinerDays}日を過ぎても合格していない。`,
      en: `Not passed in the ${joinerDays} days since joining.`,
    },
    'trained-late': {
      ja: `合格したのは、入社から${joinerDays}日を過ぎた後である。`,
      en: `Passed, but later than ${joinerDays} days after joining.`,
    },
  },
  freshness: rosterFreshness,
}

export const peopleChecks: readonly Check[] = [
  rosterFresh,
  rosterComplete,
  managerAssigned,
  departmentAssigned,
  accountHolder,
  joinerTraining,
  ...leaverChecks(rosterFreshness),
]
