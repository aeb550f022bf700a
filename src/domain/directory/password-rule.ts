import type { Text } from '../decider.ts'

/** One thing that is asked of a password policy, and where standards ask for it. */
export type PasswordRule = {
  readonly rule: string
  readonly title: Text
  readonly required: Text
  /** A column of `directory_password_policies` (as `p`), shown as text. */
  readonly column: string
  /** A condition over `p`: true, false, or null where nothing is known. */
  readonly holds: string
  /** Requirements of PCI DSS v4.0.1 and controls of ISO/IEC 27001:2022. */
  readonly ids: readonly string[]
}

/** What this organisation asks of passwords: nowhere less than PCI DSS v4.0.1 does. */
export const passwordRules: readonly PasswordRule[] = [
  {
    rule: 'min-length',
    title: { ja: '長さ', en: 'Length' },
    required: { ja: '12文字以上', en: 'at least 12 characters' },
    column: 'min_length',
    holds: 'p.min_length >= 12',
    ids: ['PCI DSS 8.3.6', 'ISO 27001 A.5.17'],
  },
  {
    rule: 'complexity',
    title: { ja: '複雑さ', en: 'Complexity' },
    required: { ja: '数字と文字の両方', en: 'numbers and letters' },
    column: 'complexity',
    holds: 'p.complexity',
    ids: ['PCI DSS 8.3.6', 'ISO 27001 A.5.17'],
  },
  {
    rule: 'history',
    title: { ja: '再利用の禁止', en: 'No reuse' },
    required: { ja: '直近4回分', en: 'none of the last 4' },
    column: 'history',
    holds: 'p.history >= 4',
    ids: ['PCI DSS 8.3.7', 'ISO 27001 A.5.17'],
  },
  {
    rule: 'max-age',
    title: { ja: '有効期間', en: 'Age' },
    required: { ja: '90日以内に変更', en: 'changed within 90 days' },
    column: 'max_age_days',
    holds: 'p.max_age_days > 0 and p.max_age_days <= 90',
    ids: ['PCI DSS 8.3.9'],
  },
  {
    rule: 'lock-after',
    title: { ja: '失敗によるロック', en: 'Locks after failures' },
    required: { ja: '10回以内の失敗でロック', en: 'after at most 10 wrong tries' },
    column: 'lock_after',
    holds: 'p.lock_after between 1 and 10',
    ids: ['PCI DSS 8.3.4', 'ISO 27001 A.8.5'],
  },
  {
    rule: 'lock-minutes',
    title: { ja: 'ロックの長さ', en: 'Stays locked' },
    required: {
      ja: '30分以上、または解除されるまで',
      en: 'at least 30 minutes, or until unlocked',
    },
    column: 'lock_minutes',
    // A policy that never locks stays locked for no time at all.
    holds: 'p.lock_after > 0 and (p.lock_minutes >= 30 or p.lock_minutes = 0)',
    ids: ['PCI DSS 8.3.4', 'ISO 27001 A.8.5'],
  },
  {
    rule: 'reversible',
    title: { ja: '可逆暗号', en: 'Reversible storage' },
    required: { ja: '使わない', en: 'not used' },
    column: 'reversible',
    holds: 'not p.reversible',
    ids: ['PCI DSS 8.3.2', 'ISO 27001 A.5.17'],
  },
]
