import type { Check } from '../check.ts'

const criteriaCovered: Check = {
  id: 'criteria-covered',
  title: { ja: '規準への対応', en: 'Criteria are covered' },
  rule: {
    ja: '対象範囲の規準には、それに応える採用済みの統制が1つ以上ある。',
    en: 'At least one adopted control answers each criterion in scope.',
  },
  remedy: {
    ja: 'ライブラリからその規準に応える統制を採用するか、自社の統制を追加する。',
    en: 'Adopt a control that answers it from the library, or add one of your own.',
  },
  cadence: 'continuous',
  population: `select criterion as subject, criterion as label
  from criteria
 where in_scope and not excluded`,
  exceptions: `select r.criterion as subject, r.criterion as label, 'not-covered' as reason,
       r.seq as observation
  from criteria as r
 where r.in_scope and not r.excluded
   and not exists (select from control_criteria as m
                     join controls as c on c.control = m.control
                    where m.criterion = r.criterion and c.state = 'adopted')`,
  reasons: {
    'not-covered': {
      ja: 'この規準に応える統制がない。',
      en: 'No control answers this criterion.',
    },
  },
  freshness: null,
}

const exclusionCurrent: Check = {
  id: 'criteria-exclusion-current',
  title: { ja: '適用外の決定の見直し', en: 'Exclusions are decided anew' },
  rule: {
    ja: '規準を適用外とした決定は、12か月以内に署名されたものである。',
    en: 'A decision that a criterion does not apply was signed within the last 12 months.',
  },
  remedy: {
    ja: '今も適用外かを確かめる。そうなら、いったん適用に戻して、改めて理由に署名する。',
    en: 'See whether it still does not apply. If so, include it and sign the reason anew.',
  },
  cadence: 'annual',
  population: `select criterion as subject, criterion as label
  from criteria
 where in_scope`,
  exceptions: `select criterion as subject, criterion as label, 'decision-old' as reason,
       seq as observation
  from criteria
 where in_scope and excluded and decided_at < as_of() - interval '12 months'`,
  reasons: {
    'decision-old': {
      ja: '適用外の決定から12か月を過ぎている。',
      en: 'The decision is more than 12 months old.',
    },
  },
  freshness: null,
}

export const criteriaChecks: readonly Check[] = [criteriaCovered, exclusionCurrent]
