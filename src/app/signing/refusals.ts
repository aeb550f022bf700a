import type { Text } from '../../domain/decider.ts'

export const signingRefusals = {
  'statement-not-prepared': {
    ja: 'この署名の内容は用意されたものではないか、時間が経ちすぎています。画面を開き直して、署名し直してください。',
    en: 'What was signed was not prepared here, or too long ago. Open the page again and sign anew.',
  },
  'statement-malformed': {
    ja: '署名された内容を読み取れません。画面を開き直して、署名し直してください。',
    en: 'What was signed cannot be read. Open the page again and sign anew.',
  },
  'signature-invalid': {
    ja: '署名を確かめられませんでした。サインインに使うパスキーで、もう一度署名してください。',
    en: 'The signature could not be verified. Sign once more, with the passkey you sign in with.',
  },
  'passkey-unconfirmed': {
    ja: 'あなたのパスキーはまだ確認されていないため、承認の署名に使えません。招待者以外の管理者かセキュリティ責任者に確認してもらってください。',
    en: 'Your passkey has not been confirmed, so it cannot sign approvals. Have an administrator or security lead other than your inviter confirm it.',
  },
  'signature-unknown': {
    ja: 'この記録には署名がありません。',
    en: 'This entry carries no signature.',
  },
} as const satisfies Record<string, Text>
