import type { Mail } from '../ports.ts'

type Language = 'ja' | 'en'
type Words = { readonly subject: string; readonly text: string }

/** What contacts are told, beside links: everything that changes who speaks for their company. */
export type NoticeKind =
  | 'contact-invited'
  | 'key-confirmed'
  | 'contact-countersigned'
  | 'contact-entitled'
  | 'contact-left'
  | 'key-revoked'
  | 'agreement-waiting'
  | 'agreement-stopped'
  | 'agreement-declined'
  | 'briefing-waiting'

type About = { readonly name: string; readonly by: string; readonly title: string }

/** The mail with an invitation: the only place where its link is written in the clear. */
export function invitationMail(to: {
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly organisation: string
  readonly link: string
  readonly expiresAt: string
}): Mail {
  const { email, name, organisation, link } = to
  const until = `${to.expiresAt.slice(0, 16).replace('T', ' ')} UTC`
  const words: Record<Language, Words> = {
    ja: {
      subject: `${organisation}: 担当者としての登録のお願い`,
      text: `${name} 様

${organisation}が御社のシステムで作業を行うとき、その内容を確かめて承認していただくための登録です。
次のリンクを開き、パスキー（指紋・顔認証・画面ロックなど）を登録してください。

${link}

期限: ${until}（一度だけ使えます）

登録した鍵は、御社のほかの担当者の副署か、契約書との照合が済むまで、承認には使えません。
心当たりのない場合は、リンクを開かずに${organisation}へお知らせください。
`,
    },
    en: {
      subject: `${organisation}: please register as a contact`,
      text: `Dear ${name},

When ${organisation} works in your company's systems, you look at what is planned and approve it.
Open this link and make a passkey (fingerprint, face or screen lock):

${link}

Until: ${until} (it can be used once)

The key counts for approvals only when another contact of your company has countersigned it, or it
has been compared with the contract. If you did not expect this, do not open the link; tell
${organisation}.
`,
    },
  }
  return { to: email, ...words[to.language] }
}

export function signInMail(to: {
  readonly email: string
  readonly language: Language
  readonly organisation: string
  readonly link: string
  readonly minutes: number
}): Mail {
  const { email, organisation, link, minutes } = to
  const words: Record<Language, Words> = {
    ja: {
      subject: `${organisation}: サインイン用のリンク`,
      text: `次のリンクを開いてサインインしてください。${minutes} 分以内に、一度だけ使えます。

${link}

請求していない場合は何もしないでください。リンクだけでは何も承認できません。承認にはパスキーが必要です。
`,
    },
    en: {
      subject: `${organisation}: your link to sign in`,
      text: `Open this link to sign in. It can be used once, within ${minutes} minutes.

${link}

If you did not ask for it, do nothing. The link alone approves nothing: that takes your passkey.
`,
    },
  }
  return { to: email, ...words[to.language] }
}

export function noticeMail(
  kind: NoticeKind,
  to: { readonly email: string; readonly language: Language; readonly organisation: string },
  about: About & { readonly address: string },
): Mail {
  const { subject, text } = notices[kind](about)[to.language]
  const look = { ja: `確認はこちら: ${about.address}`, en: `Look here: ${about.address}` }
  return {
    to: to.email,
    subject: `${to.organisation}: ${subject}`,
    text: `${text}\n\n${look[to.language]}\n`,
  }
}

const notices: Record<NoticeKind, (about: About) => Record<Language, Words>> = {
  'contact-invited': ({ name, by }) => ({
    ja: {
      subject: '担当者の招待',
      text: `${by} さんが ${name} 様を御社の担当者として招待しました。心当たりがなければお知らせください。鍵は、御社の担当者が副署するまで使えません。`,
    },
    en: {
      subject: 'a contact was invited',
      text: `${by} invited ${name} as a contact of your company. Tell us if you know nothing of it. The key counts for nothing until a contact of yours countersigns it.`,
    },
  }),
  'key-confirmed': ({ name, by }) => ({
    ja: {
      subject: '契約書との照合',
      text: `${by} さんが ${name} 様の鍵を契約書と照らし合わせ、署名しました。二人の照合で鍵が有効になります。`,
    },
    en: {
      subject: 'a key was held against the contract',
      text: `${by} held the key of ${name} against the contract and signed. With two such signatures the key counts.`,
    },
  }),
  'contact-countersigned': ({ name, by }) => ({
    ja: {
      subject: '担当者の鍵が有効になりました',
      text: `${by} 様の副署により、${name} 様の鍵が承認に使えるようになりました。`,
    },
    en: {
      subject: 'a contact’s key counts now',
      text: `Countersigned by ${by}, the key of ${name} counts for approvals from now on.`,
    },
  }),
  'contact-entitled': ({ name, by }) => ({
    ja: {
      subject: '担当者の権限の変更',
      text: `${by} 様が ${name} 様の承認の範囲を変更しました。`,
    },
    en: {
      subject: 'a contact’s rights were changed',
      text: `${by} changed what ${name} may approve.`,
    },
  }),
  'contact-left': ({ name, by }) => ({
    ja: {
      subject: '担当者が外れました',
      text: `${by} さんの操作により、${name} 様は担当者から外れました。${name} 様が署名した事前承認作業は、30 日以内に別の担当者の署名が必要です。`,
    },
    en: {
      subject: 'a contact has left',
      text: `By ${by}: ${name} is a contact no more. Agreements that ${name} signed have to be signed again by another contact within 30 days.`,
    },
  }),
  'key-revoked': ({ name, by }) => ({
    ja: {
      subject: '担当者の鍵の失効',
      text: `${by} さんの操作により、${name} 様の鍵が失効しました。`,
    },
    en: {
      subject: 'a contact’s key was revoked',
      text: `By ${by}: a key of ${name} counts no more.`,
    },
  }),
  'agreement-waiting': ({ title, by }) => ({
    ja: {
      subject: '事前承認作業の確認のお願い',
      text: `${by} さんが「${title}」の版を用意しました。内容を確かめて、署名または差し戻しをお願いします。`,
    },
    en: {
      subject: 'an agreement waits for you',
      text: `${by} laid a version of "${title}" before you. Please look at it, and sign or decline.`,
    },
  }),
  'agreement-stopped': ({ title, by }) => ({
    ja: {
      subject: '事前承認作業の停止',
      text: `${by} さんの操作により「${title}」は停止または取り消されました。`,
    },
    en: {
      subject: 'an agreement was stopped',
      text: `By ${by}: "${title}" was suspended or revoked.`,
    },
  }),
  'agreement-declined': ({ title, by }) => ({
    ja: {
      subject: '事前承認作業の差し戻し',
      text: `${by} 様が「${title}」を差し戻しました。理由を確かめて、版を作り直してください。`,
    },
    en: {
      subject: 'an agreement was declined',
      text: `${by} declined "${title}". Read why, and lay another version before the customer.`,
    },
  }),
  'briefing-waiting': ({ title, by }) => ({
    ja: {
      subject: '説明会の内容の確認のお願い',
      text: `${by} さんが説明会「${title}」を記録しました。内容を確かめて、署名をお願いします。`,
    },
    en: {
      subject: 'please acknowledge a session',
      text: `${by} recorded the session "${title}". Please look at it and acknowledge it with your signature.`,
    },
  }),
}
