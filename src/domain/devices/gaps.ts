import { z } from 'zod'
import type { Text } from '../decider.ts'

/**
 * Why something could not be read. Unknown is never false: what is in a gap is neither good nor bad,
 * and a check that needs it is not proven.
 */
export const gapReasons = [
  'needs-root',
  'tool-missing',
  'timed-out',
  'failed',
  'malformed',
  'too-many',
  'not-supported',
  'inside-container',
  'another-ssh-server',
  'include-unread',
  'not-asked',
] as const
export type GapReason = (typeof gapReasons)[number]

export const gap = z.strictObject({
  /** What is missing: a word of ours, such as `shadow`. */
  what: z.string().min(1).max(60),
  reason: z.enum(gapReasons),
  /** The machine's own words, shortened; often empty. */
  detail: z.string().max(300),
})
export type Gap = z.infer<typeof gap>

export const gapTexts: Readonly<Record<GapReason, Text>> = {
  'needs-root': {
    ja: '観測に使うアカウントでは読み取れません。管理者権限が必要です。',
    en: 'The account that looks may not read it; that takes root.',
  },
  'tool-missing': {
    ja: '調べるためのコマンドが機器にありません。',
    en: 'The machine has no command that tells.',
  },
  'timed-out': {
    ja: '時間内に答えがありませんでした。',
    en: 'The answer did not come in time.',
  },
  failed: { ja: 'コマンドが失敗しました。', en: 'The command failed.' },
  malformed: {
    ja: '答えの形式が想定と異なり、読み取れませんでした。',
    en: 'The answer does not have the form it should have.',
  },
  'too-many': {
    ja: '件数が上限を超えたため、読み取りませんでした。',
    en: 'There is more than the limit allows, so it was not read.',
  },
  'not-supported': {
    ja: 'この種類のシステムの読み取りには対応していません。',
    en: 'Reading this kind of system is not supported.',
  },
  'inside-container': {
    ja: 'コンテナの中からは、機器そのものの状態は分かりません。',
    en: 'From inside a container the machine itself cannot be seen.',
  },
  'another-ssh-server': {
    ja: 'OpenSSH以外のSSHサーバーが動いており、設定を読み取れません。',
    en: 'An SSH server other than OpenSSH is running; its settings cannot be read.',
  },
  'include-unread': {
    ja: '設定が取り込んでいる別のファイルを読み取れませんでした。',
    en: 'A further file that the settings include could not be read.',
  },
  'not-asked': {
    ja: '観測の途中で打ち切られ、この項目まで届きませんでした。',
    en: 'The observation did not get that far.',
  },
}
