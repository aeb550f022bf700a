import type { Check } from '../check.ts'
import { dayOf } from '../people/standing.ts'
import { accountCheck, isUsed } from './account-check.ts'

/** Leavers stay in sight for a year. */
const LEAVER_DAYS = 365
/** Until a mover's old rights have to be looked at. */
const MOVER_DAYS = 14

const accountOwner = accountCheck({
  id: 'account-owner',
  title: { ja: '持ち主のわかるアカウント', en: 'Every account has its person' },
  rule: {
    ja: '各ディレクトリと各サービスの有効なアカウントは、だれのものかがわかっている。',
    en: 'Of every enabled account in a directory or service it is known whose it is.',
  },
  remedy: {
    ja: '「持ち主の不明なアカウント」で持ち主を定めるか、要らないアカウントを停止する。',
    en: 'Say on the page of accounts without a person whose it is, or have it disabled.',
  },
  of: isUsed,
  fails: [
    {
      when: 'l.person is null',
      reason: 'orphan',
      text: { ja: '持ち主がわからない。', en: 'Nobody knows whose it is.' },
    },
  ],
})

const leaverEnabled = accountCheck({
  id: 'account-leaver-enabled',
  title: { ja: '退職者のアカウントの停止', en: 'Leavers’ accounts are disabled' },
  rule: {
    ja: '退職した人のアカウントは、どのディレクトリ、どのサービスでも停止されている。',
    en: 'Accounts of people who have left are disabled, in every directory and every service.',
  },
  remedy: {
    ja: '直ちに停止し、いつから使われていないかを確かめる。次の観測で停止が確かめられる。',
    en: 'Disable it at once and see when it was used last. The next observation shows that it is.',
  },
  join: 'join people p on p.person = l.person and p.end_date < as_of_day()',
  of: `l.use = 'person'`,
  fails: [
    {
      when: `a.state = 'enabled' and p.end_date < as_of_day() - 7`,
      reason: 'enabled-over-week',
      text: {
        ja: '退職から7日を過ぎても有効である。',
        en: 'Still enabled more than 7 days later.',
      },
    },
    {
      when: `a.state = 'enabled'`,
      reason: 'enabled',
      text: { ja: '退職したのに有効である。', en: 'Still enabled after the last day.' },
    },
  ],
  unknown: [
    {
      when: `a.state = 'unknown'`,
      reason: 'state-unknown',
      text: { ja: '有効かどうかがわからない。', en: 'Whether it is enabled is not known.' },
    },
  ],
})

/** What ends an account: it is disabled, or gone. */
const closedAt = `least(a.disabled_since, a.gone_at)`

const leaverTimely = accountCheck({
  id: 'account-leaver-timely',
  title: { ja: '退職後の停止までの日数', en: 'Leavers’ accounts are disabled in time' },
  rule: {
    ja: 'この一年に退職した人のアカウントは、最終日の翌日までに停止が確かめられている。',
    en: 'Accounts of people who left within a year were seen to be disabled by the day after the last.',
  },
  remedy: {
    ja: '遅れた理由を明らかにし、最終日に停止する手順を人事とIT担当で決め直す。',
    en: 'Find out why it was late, and settle between HR and IT how accounts are stopped on the day.',
  },
  join: `join people p on p.person = l.person and p.end_date < as_of_day()
       and p.end_date >= as_of_day() - ${LEAVER_DAYS} and ${dayOf('a.first_seen_at')} <= p.end_date`,
  of: `l.use = 'person' and ${closedAt} is not null`,
  fails: [
    {
      when: `${dayOf(closedAt)} > p.end_date + 1`,
      reason: 'disabled-late',
      text: {
        ja: '停止が確かめられたのは、最終日の翌日より後である。',
        en: 'It was seen to be disabled later than the day after the last.',
      },
    },
  ],
})

const sharedAccount = accountCheck({
  id: 'account-shared',
  title: { ja: '共用アカウント', en: 'No shared accounts' },
  rule: {
    ja: '複数人で使うアカウントは有効になっていない。',
    en: 'No account that several people use is enabled.',
  },
  remedy: {
    ja: '各人のアカウントに置き換えて停止する。すぐにできなければ、理由と期限を付けて受容する。',
    en: 'Give each their own and disable it. Where that takes time, accept it with reason and date.',
  },
  of: isUsed,
  fails: [
    {
      when: `l.use = 'shared'`,
      reason: 'shared',
      text: { ja: '共用と届け出られ、有効である。', en: 'Declared as shared, and enabled.' },
    },
  ],
})

const serviceOwner = accountCheck({
  id: 'account-service-owner',
  title: { ja: 'サービスアカウントの責任者', en: 'Service accounts have an owner' },
  rule: {
    ja: 'プログラムが使う有効なアカウントには、在籍中の責任者がいる。',
    en: 'For every enabled account that programs use, somebody who works here answers.',
  },
  remedy: {
    ja: 'アカウントのページで責任者を定める。退職者のものは引き継ぐ。',
    en: 'Name who answers for it on its page; hand over those of people who have left.',
  },
  join: 'left join people p on p.person = l.person',
  of: `a.state = 'enabled' and (a.kind = 'service' or l.use = 'service')`,
  fails: [
    {
      when: 'l.person is null',
      reason: 'no-owner',
      text: { ja: '責任者が定められていない。', en: 'Nobody answers for it.' },
    },
    {
      when: 'p.end_date < as_of_day()',
      reason: 'owner-left',
      text: { ja: '責任者は退職している。', en: 'Who answered for it has left.' },
    },
  ],
})

/** Rights that were there before the move; those that come with the new post are younger. */
const moverRights = accountCheck({
  id: 'account-mover-rights',
  title: { ja: '異動後の古い権限', en: 'Movers keep no old rights' },
  rule: {
    ja: `異動した人が前から持つグループは、異動から${MOVER_DAYS}日以内に見直されている。`,
    en: `Within ${MOVER_DAYS} days of a move, the groups that the person was in before are looked at.`,
  },
  remedy: {
    ja: '要らないグループから外し、残すものは理由とともに見直しを記録する。',
    en: 'Take them out of what they need no longer, and record with the reason that you looked.',
  },
  join: `join directory_moves v on v.person = l.person
  left join lateral (
    select count(*) as kept
      from directory_members m
     where m.source = a.source and m.member = a.id and m.since < v.moved_at) k on true`,
  of: `a.state = 'enabled' and l.use = 'person'`,
  fails: [
    {
      when: `k.kept > 0 and v.reviewed_at is null
        and v.moved_at < as_of() - interval '${MOVER_DAYS} days'`,
      reason: 'old-rights',
      text: {
        ja: '異動前からのグループが残り、見直しの記録がない。',
        en: 'Groups from before the move remain, and nobody recorded a look at them.',
      },
    },
  ],
})

export const ownerChecks: readonly Check[] = [
  accountOwner,
  leaverEnabled,
  leaverTimely,
  sharedAccount,
  serviceOwner,
  moverRights,
]
