import type { Text } from '../decider.ts'
import type { AccessRefusal } from './commands.ts'

export const accessRefusals: Record<AccessRefusal, Text> = {
  'account-unknown': {
    ja: 'そのアカウントはありません。一覧を開き直して選んでください。',
    en: 'There is no such account. Open the list again and choose from it.',
  },
  'account-exists': {
    ja: '最初の管理者はすでに登録されています。サインインしてお使いください。',
    en: 'The first administrator is enrolled already. Sign in instead.',
  },
  'account-disabled': {
    ja: 'このアカウントは無効です。必要であれば、管理者が招待し直してください。',
    en: 'This account is disabled. An administrator can invite the person again if needed.',
  },
  'own-account': {
    ja: '自分のアカウントの権限や状態は変えられません。ほかの管理者に頼んでください。',
    en: 'Nobody changes their own account. Ask another administrator.',
  },
  'email-in-use': {
    ja: 'このメールアドレスは別のアカウントで使われています。アドレスを確かめるか、そのアカウントを選んで招待してください。',
    en: 'Another account uses this e-mail address. Check it, or invite the person of that account.',
  },
  'last-administrator': {
    ja: '管理者がいなくなるため変更できません。先にほかの人を管理者にしてください。',
    en: 'Nobody would be left to administer. Make somebody else an administrator first.',
  },
  'guest-account': {
    ja: 'お客様の担当者のアカウントは社内の役割にできず、社内のアカウントを担当者にすることもできません。お客様の画面から担当者として招待してください。',
    en: 'A customer contact is never given a role of this organisation, nor the other way round. Invite contacts from the page of their customer.',
  },
  'invitation-unknown': {
    ja: 'この招待リンクは使えません。すでに使われたか、取り消されています。管理者に新しいリンクを頼んでください。',
    en: 'This invitation is not valid: it was used or cancelled. Ask an administrator for a new link.',
  },
  'invitation-expired': {
    ja: 'この招待リンクは期限が切れています。管理者に新しいリンクを頼んでください。',
    en: 'This invitation has expired. Ask an administrator for a new link.',
  },
  'passkey-known': {
    ja: 'このパスキーはすでに登録されています。別の端末か認証器をお使いください。',
    en: 'This passkey is enrolled already. Use another device or authenticator.',
  },
  'passkey-unknown': {
    ja: 'このパスキーは登録されていません。別のパスキーでサインインするか、管理者に招待を頼んでください。',
    en: 'This passkey is not enrolled here. Use another one, or ask an administrator to invite you.',
  },
  'passkey-held': {
    ja: '再登録されたパスキーは、本人と招待者以外の人が確認するまで使えません。管理者かセキュリティ責任者に確認を頼んでください。',
    en: 'A re-enrolled passkey opens nothing until somebody other than you and the inviter confirms it. Ask an administrator or security lead.',
  },
  'passkey-revoked': {
    ja: 'このパスキーは失効しています。新しいパスキーを使うか、管理者に招待を頼んでください。',
    en: 'This passkey was revoked. Use the newer one, or ask an administrator to invite you.',
  },
  'confirmer-not-third': {
    ja: 'パスキーの確認は、本人でも招待者でもない管理者かセキュリティ責任者だけが行えます。',
    en: 'Only an administrator or security lead who is neither the holder nor the inviter can confirm a passkey.',
  },
  'confirmer-unconfirmed': {
    ja: 'あなたのパスキーはまだ確認されていないため、署名には使えません。先にほかの管理者かセキュリティ責任者に確認してもらってください。',
    en: 'Your own passkey has not been confirmed, so it cannot sign. Have another administrator or security lead confirm it first.',
  },
  'nothing-to-refuse': {
    ja: '取り消せる招待や確認待ちのパスキーはありません。',
    en: 'There is no pending invitation or passkey to refuse.',
  },
  'scope-beyond-role': {
    ja: '自分の役割にない権限はトークンに付けられません。権限を選び直してください。',
    en: 'A token cannot grant more than your own role. Choose fewer scopes.',
  },
  'token-unknown': {
    ja: 'そのトークンはあなたのものではないか、存在しません。一覧から選んでください。',
    en: 'There is no such token of yours. Choose one from the list.',
  },
  'token-lifetime': {
    ja: 'トークンの有効期間は 1 日から 365 日の間で指定してください。',
    en: 'A token lives between 1 and 365 days. Choose a lifetime within that.',
  },
  'tokens-too-many': {
    ja: '有効なトークンが上限に達しています。使っていないものを失効させてください。',
    en: 'You have as many live tokens as are allowed. Revoke one that is not in use.',
  },
}
