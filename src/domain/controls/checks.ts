import type { Check } from '../check.ts'
import { occurrences } from './occurrences.ts'

/**
 * True for a person who works here on the day: on the roster and not yet gone, or, for somebody
 * whom no roster names, with an account that is not disabled.
 */
export function worksHere(person: string): string {
  return `(exists (select from people as on_roster
                   where on_roster.person = ${person}
                     and on_roster.start_date <= as_of_day()
                     and coalesce(on_roster.end_date, as_of_day()) >= as_of_day())
         or (not exists (select from people as on_roster where on_roster.person = ${person})
             and exists (select from accounts as account
                          where account.person = ${person} and account.state <> 'disabled')))`
}

const controlOwner: Check = {
  id: 'control-owner',
  title: { ja: '統制の責任者', en: 'Controls have an owner' },
  rule: {
    ja: '採用した統制には、在籍している責任者がいる。',
    en: 'Every adopted control has an owner who works here.',
  },
  remedy: {
    ja: '統制のページで、在籍中の人を責任者に選ぶ。',
    en: 'Choose somebody who works here as the owner on the control’s page.',
  },
  cadence: 'continuous',
  population: `select control as subject, control as label
  from controls
 where state = 'adopted'`,
  exceptions: `select c.control as subject, c.control as label,
       case when c.owner is null then 'owner-none' else 'owner-gone' end as reason,
       c.seq as observation
  from controls as c
 where c.state = 'adopted'
   and (c.owner is null or not ${worksHere('c.owner')})`,
  reasons: {
    'owner-none': { ja: '責任者が決まっていない。', en: 'It has no owner.' },
    'owner-gone': { ja: '責任者が在籍していない。', en: 'Its owner does not work here any more.' },
  },
  freshness: null,
}

const controlPerformed: Check = {
  id: 'control-performed',
  title: { ja: '統制の定期的な実施', en: 'Controls are carried out every time' },
  rule: {
    ja: '証拠を必要とする統制は、頻度の定める期間ごとに一度は行われ、その期間の文書がある。',
    en: 'A control that needs evidence is carried out once in every period of its cadence, and a document shows it.',
  },
  remedy: {
    ja: '行われていたなら、その期間の文書を登録する。行われていなければ原因を記録し、次の期間は必ず行う。',
    en: 'If it was done, upload the document of that period. If not, record why, and do it in the next.',
  },
  cadence: 'continuous',
  population: `with ${occurrences}
select control || ' ' || from_day || '/' || to_day as subject,
       control || ' ' || from_day || '/' || to_day as label
  from occurrence`,
  exceptions: `with ${occurrences}
select o.control || ' ' || o.from_day || '/' || o.to_day as subject,
       o.control || ' ' || o.from_day || '/' || o.to_day as label,
       'missed' as reason, c.seq as observation
  from occurrence as o
  join controls as c on c.control = o.control
 where o.state = 'missed' and c.state = 'adopted'
   -- A later time that it was done shows that it is being carried out again.
   and not exists (select from occurrence as later
                    where later.control = o.control and later.from_day > o.from_day
                      and later.state = 'done')`,
  reasons: {
    missed: {
      ja: 'その期間に行われたことを示す文書がない。',
      en: 'No document shows that it was carried out in that period.',
    },
  },
  freshness: null,
}

export const controlsChecks: readonly Check[] = [controlOwner, controlPerformed]
