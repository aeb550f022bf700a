import type { Check } from '../check.ts'
import { rosterFreshness } from '../people/checks.ts'
import { dayOf, isHere, isMeant, labelOf } from '../people/standing.ts'

/** So long a reader may take, from the approval or from joining. */
const readingDays = 14
/** So long a draft may wait for its approval before somebody has to decide. */
const draftDays = 30

const kept = `  from policies l
  join policy_versions v on v.policy = l.policy and v.version = coalesce(l.version, l.newest)
 where not l.withdrawn`

const inForce = `  from policies l
  join policy_versions v on v.policy = l.policy and v.version = l.version`

const approved: Check = {
  id: 'policy-approved',
  title: { ja: '規程の承認', en: 'Policies are approved' },
  rule: {
    ja: '規程はすべて、書いた人以外が署名して承認した版が有効である。',
    en: 'Every policy is in force in a version that somebody other than its author has signed.',
  },
  remedy: {
    ja: '書いた人以外の承認者が、最新の版を読んで署名する。使わない規程は廃止する。',
    en: 'Have an approver other than the author read the newest version and sign it, or withdraw the policy.',
  },
  cadence: 'continuous',
  population: `select l.policy as subject, v.title_ja as label
${kept}`,
  exceptions: `select l.policy as subject, v.title_ja as label,
       case when l.version is null then 'never-approved' else 'own-approval' end as reason,
       v.seq as observation
${kept}
   and (l.version is null or v.approved_by = v.author)`,
  reasons: {
    'never-approved': { ja: '承認された版がない。', en: 'No version has been approved.' },
    'own-approval': { ja: '書いた人自身が承認している。', en: 'The author approved it.' },
  },
  freshness: null,
}

const decided: Check = {
  id: 'policy-draft-decided',
  title: { ja: '規程の案の決裁', en: 'Drafts of policies are decided' },
  rule: {
    ja: `規程の新しい案は、${draftDays}日以内に承認されるか、書き直されている。`,
    en: `Within ${draftDays} days a new draft of a policy is approved or written anew.`,
  },
  remedy: {
    ja: '承認者が読んで署名するか、案を直す。変えないことにした場合は、今の版と同じ内容の案にする。',
    en: 'Have it approved, or change the draft; to keep things as they are, draft the text in force again.',
  },
  cadence: 'continuous',
  population: `select l.policy as subject, v.title_ja as label
  from policies l
  join policy_versions v on v.policy = l.policy and v.version = l.newest
 where not l.withdrawn`,
  exceptions: `select l.policy as subject, v.title_ja as label, 'draft-waiting' as reason,
       v.seq as observation
  from policies l
  join policy_versions v on v.policy = l.policy and v.version = l.newest
 where not l.withdrawn and l.newest is distinct from l.version
   and ${dayOf('v.drafted_at')} + ${draftDays} < as_of_day()`,
  reasons: {
    'draft-waiting': {
      ja: `案のまま${draftDays}日を超えている。`,
      en: `A draft has waited for more than ${draftDays} days.`,
    },
  },
  freshness: null,
}

const reviewed: Check = {
  id: 'policy-reviewed',
  title: { ja: '規程の見直し', en: 'Policies are reviewed' },
  rule: {
    ja: '有効な規程は、定めた月数のうちに承認または見直しの署名を受けている。',
    en: 'Every policy in force was approved or reviewed, with a signature, within its review period.',
  },
  remedy: {
    ja: '規程を読み直し、変える点があれば新しい版を作る。なければ、書いた人以外が見直しに署名する。',
    en: 'Go through the policy. Draft a new version, or have somebody other than the author sign the review.',
  },
  cadence: 'annual',
  population: `select l.policy as subject, v.title_ja as label
${inForce}`,
  exceptions: `select l.policy as subject, v.title_ja as label, 'review-overdue' as reason,
       l.seq as observation
${inForce}
 where ${dayOf('l.reviewed_at')} + make_interval(months => v.review_months) < as_of_day()`,
  reasons: {
    'review-overdue': { ja: '見直しの期限を過ぎている。', en: 'The review is overdue.' },
  },
  freshness: null,
}

/** Everybody who must read each policy in force. */
const readers = `${inForce}
  join people p on ${isHere('p')} and ${isMeant('v', 'p')}
  left join policy_acknowledgements a
         on a.policy = l.policy and a.version = l.version and a.person = p.person`

const label = `${labelOf('p.person')} || ' · ' || v.title_ja`

const acknowledged: Check = {
  id: 'policy-acknowledged',
  title: { ja: '規程の読了署名', en: 'Policies are read and signed' },
  rule: {
    ja: `対象者は、有効な版の承認または入社から${readingDays}日以内に規程を読み、パスキーで署名している。`,
    en: `Everybody concerned signed the version in force with their passkey within ${readingDays} days of its approval or of joining.`,
  },
  remedy: {
    ja: '本人が規程を開いて読み、署名する。未署名の人は上長とともに追う。',
    en: 'Have them open the policy, read and sign it; follow up with their manager.',
  },
  cadence: 'continuous',
  population: `select l.policy || '/' || p.person as subject, ${label} as label
${readers}`,
  exceptions: `select l.policy || '/' || p.person as subject, ${label} as label,
       'not-signed' as reason, v.approval_seq as observation
${readers}
 where a.person is null
   and greatest(p.start_date, ${dayOf('l.approved_at')}) + ${readingDays} < as_of_day()`,
  reasons: {
    'not-signed': {
      ja: `${readingDays}日を過ぎても署名していない。`,
      en: `Not signed in ${readingDays} days.`,
    },
  },
  freshness: rosterFreshness,
}

const languages: Check = {
  id: 'policy-languages',
  title: { ja: '規程の両言語', en: 'Policies exist in both languages' },
  rule: {
    ja: '有効な規程には、日本語と英語の両方の本文がある。',
    en: 'Every policy in force has a text in Japanese and one in English.',
  },
  remedy: {
    ja: '足りない言語の本文を書いた新しい版を作り、承認を受ける。',
    en: 'Draft a new version with the missing language and have it approved.',
  },
  cadence: 'continuous',
  population: `select l.policy as subject, v.title_ja as label
${inForce}`,
  exceptions: `select l.policy as subject, v.title_ja as label,
       case when v.text_ja !~ '[ぁ-んァ-ヶ]' then 'no-japanese' else 'no-english' end as reason,
       v.seq as observation
${inForce}
 where v.text_ja !~ '[ぁ-んァ-ヶ]' or v.text_en !~ '[A-Za-z]{2}' or v.text_en ~ '[ぁ-んァ-ヶ]{3}'`,
  reasons: {
    'no-japanese': { ja: '日本語の本文がない。', en: 'There is no Japanese text.' },
    'no-english': { ja: '英語の本文がない。', en: 'There is no English text.' },
  },
  freshness: null,
}

export const policiesChecks: readonly Check[] = [
  approved,
  decided,
  reviewed,
  acknowledged,
  languages,
]
