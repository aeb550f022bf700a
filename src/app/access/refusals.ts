import type { Text } from '../../domain/decider.ts'

/** What the doors refuse before a decision is asked for. */
export const doorRefusals = {
  'set-up-link-invalid': {
    ja: 'この初期設定用のリンクは使えません。端末に表示された最新のリンクを開いてください。',
    en: 'This set-up link is not valid. Open the latest one shown in the terminal.',
  },
  'passkey-unverified': {
    ja: 'パスキーを確かめられませんでした。もう一度お試しください。続く場合は別の端末をお使いください。',
    en: 'The passkey could not be verified. Try again, and use another device if it goes on.',
  },
  'signature-unverified': {
    ja: '署名を確かめられませんでした。もう一度サインインしてください。',
    en: 'The signature could not be verified. Sign in once more.',
  },
  'enrolment-of-another': {
    ja: 'ほかの人の招待やパスキーを拒否できるのは、管理者とセキュリティ責任者だけです。',
    en: 'Only administrators and security leads refuse the invitation or passkey of somebody else.',
  },
  'passkey-copied': {
    ja: 'このパスキーは複製された疑いがあるため受け付けません。管理者に知らせて、登録し直してください。',
    en: 'This passkey seems to have been copied, so it is refused. Tell an administrator and enrol again.',
  },
} as const satisfies Record<string, Text>
export type DoorRefusal = keyof typeof doorRefusals
