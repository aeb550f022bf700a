import type { Text } from '../decider.ts'
import type { CustomersRefusal } from './customer.ts'

/** Refusals of the application around the decider. */
export type CustomersCaseRefusal =
  | 'contact-is-employee'
  | 'contact-of-another'
  | 'contact-key-missing'
  | 'contract-fingerprint-differs'
  | 'agreement-host-unknown'
  | 'runbook-unreadable'
  | 'material-unknown'
  | 'customers-signed-changed'

export const customersRefusals: Record<CustomersRefusal | CustomersCaseRefusal, Text> = {
  'customer-unknown': {
    ja: 'そのお客様は登録されていません。一覧から選び直してください。',
    en: 'There is no such customer. Choose from the list again.',
  },
  'customer-exists': {
    ja: 'その略号はすでに使われています。別の略号にしてください。',
    en: 'That code is taken. Choose another.',
  },
  'customer-changed': {
    ja: 'ほかの人が先にこのお客様の情報を改めました。開き直して確かめてください。',
    en: 'Somebody else has changed this customer meanwhile. Open it again and look.',
  },
  'customer-ended': {
    ja: 'このお客様との契約は終了しているため、変更できません。',
    en: 'This customer is a customer no more; nothing is changed any longer.',
  },
  'customer-limit': {
    ja: '登録できる数の上限に達しています。使っていないものを終了させてください。',
    en: 'There are as many as are allowed. End those that are not used.',
  },
  'system-unknown': {
    ja: 'そのシステムは登録されていないか、廃止されています。システムの一覧を確かめてください。',
    en: 'That system is not registered, or retired. Look at the list of systems.',
  },
  'system-changed': {
    ja: 'ほかの人が先にこのシステムの情報を改めました。開き直して確かめてください。',
    en: 'Somebody else has changed this system meanwhile. Open it again and look.',
  },
  'system-retired': {
    ja: 'このシステムは廃止されています。新しい識別名で登録してください。',
    en: 'This system is retired. Register it under a new name.',
  },
  'system-of-another': {
    ja: 'システムの識別名は「名前.お客様の略号」の形にしてください。',
    en: 'The id of a system is its name, a dot and the code of its customer.',
  },
  'contract-unknown': {
    ja: 'その契約書は登録されていません。先に署名済みの契約書を登録してください。',
    en: 'That contract is not registered. Keep the signed contract first.',
  },
  'contract-period-backwards': {
    ja: '契約の終わりが署名日より前です。日付を確かめてください。',
    en: 'The contract ends before it was signed. Look at the dates.',
  },
  'contact-unknown': {
    ja: 'その人はこのお客様の担当者ではありません。一覧から選び直してください。',
    en: 'That person is no contact of this customer. Choose from the list again.',
  },
  'contact-exists': {
    ja: 'その人はすでにこのお客様の担当者です。鍵をなくしたのであれば、招待を送り直してください。',
    en: 'That person is a contact already. If the key was lost, send the invitation again.',
  },
  'contact-left': {
    ja: 'その担当者はすでに外れています。必要であれば招待し直してください。',
    en: 'That contact has left. Invite the person again if needed.',
  },
  'contact-own-key': {
    ja: '自分の鍵や権限を自分で認めることはできません。同じお客様のほかの担当者に頼んでください。',
    en: 'Nobody vouches for their own key or rights. Ask another contact of the same customer.',
  },
  'contact-invited-by-you': {
    ja: '自分が招待した担当者の鍵は照合できません。招待していない二人が、契約書と照らし合わせてください。',
    en: 'Whoever invited the contact does not confirm the key. Two others hold it against the contract.',
  },
  'contact-not-on-roster': {
    ja: 'この担当者の鍵はまだ認められていません。同じお客様の担当者の副署か、契約書との照合が必要です。',
    en: 'This contact’s key counts for nothing yet: another contact has to countersign it, or two of ours confirm it against the contract.',
  },
  'contact-not-entitled': {
    ja: 'この担当者には、そのシステムまたは危険度を承認する権限がありません。権限のある担当者に頼んでください。',
    en: 'This contact may not approve for that system or risk. Ask one who may.',
  },
  'contact-key-unknown': {
    ja: 'その鍵は名簿にありません。一覧を開き直してください。',
    en: 'That key is not on the roster. Open the list again.',
  },
  'contact-key-missing': {
    ja: 'この担当者はまだパスキーを登録していないか、鍵の指紋が一致しません。',
    en: 'This contact has not enrolled a passkey, or its fingerprint is another.',
  },
  'contact-is-employee': {
    ja: 'その人は当社の従業員名簿に載っています。従業員はお客様の担当者になれません。',
    en: 'That person is on our own roster. None of our people can be a customer’s contact.',
  },
  'contact-of-another': {
    ja: 'そのメールアドレスは、すでに別のアカウントかほかのお客様の担当者が使っています。',
    en: 'That address belongs to another account or to a contact of another customer.',
  },
  'countersigner-not-on-roster': {
    ja: '副署できるのは、鍵が認められている同じお客様の担当者だけです。',
    en: 'Only a contact of the same customer whose key is on the roster can countersign.',
  },
  'contract-key-not-first': {
    ja: 'このお客様にはすでに担当者がいます。新しい鍵は、その担当者の副署で認められます。',
    en: 'This customer has a contact already. A new key is countersigned by that contact.',
  },
  'contract-key-too-early': {
    ja: '最後の担当者が外れてから 72 時間は、契約書との照合で新しい鍵を認められません。',
    en: 'For 72 hours after the last contact is gone, no new key is taken on by the contract.',
  },
  'contract-key-differs': {
    ja: 'もう一人の確認と内容（鍵・権限・契約書）が一致しません。契約書を二人で確かめてください。',
    en: 'This is not what the other person confirmed (key, rights, contract). Look at the contract together.',
  },
  'contract-fingerprint-differs': {
    ja: '契約書の指紋と、登録された鍵の指紋が一致しません。招待が途中で横取りされた恐れがあります。お客様に電話で確かめてください。',
    en: 'The fingerprint in the contract is not that of the enrolled key. Somebody may have used the invitation in between: call the customer.',
  },
  'entitlement-system-unknown': {
    ja: '権限に指定されたシステムは、このお客様に登録されていません。',
    en: 'A system named in the rights is not registered for this customer.',
  },
  'link-invalid': {
    ja: 'このリンクは使えません。使用済みか、期限が切れています。もう一度リンクを請求してください。',
    en: 'This link is not valid: it was used, or its time is over. Ask for a new one.',
  },
  'links-too-many': {
    ja: '短い時間に送ったリンクが多すぎます。届いているメールを確かめるか、一時間待ってください。',
    en: 'Too many links were sent in a short time. Look at the mail that has come, or wait an hour.',
  },
  'agreement-unknown': {
    ja: 'その事前承認作業はありません。一覧から選び直してください。',
    en: 'There is no such agreement. Choose from the list again.',
  },
  'agreement-changed': {
    ja: '事前承認作業の内容が変わっています。開き直して、今の版を確かめてください。',
    en: 'The agreement has changed meanwhile. Open it again and look at the version that stands.',
  },
  'agreement-revoked': {
    ja: 'この事前承認作業は取り消されています。必要であれば新しく作ってください。',
    en: 'This agreement was revoked. Make a new one if it is needed.',
  },
  'agreement-expired': {
    ja: '期限が過ぎているか、今日までです。先の日付を期限にした版を作ってください。',
    en: 'Its last day is over, or is today. Lay a version with a later day before the customer.',
  },
  'agreement-too-long': {
    ja: '事前承認作業の期限は、今日から 12 か月以内にしてください。',
    en: 'An agreement ends within twelve months from today.',
  },
  'agreement-not-in-force': {
    ja: 'この事前承認作業には、お客様の署名で有効になった版がありません。',
    en: 'No version of this agreement was signed by the customer.',
  },
  'agreement-suspended': {
    ja: 'この事前承認作業は停止中です。お客様が署名し直すと再開できます。',
    en: 'This agreement is suspended until the customer signs it again.',
  },
  'agreement-resign-overdue': {
    ja: '署名した担当者が外れ、30 日以内に署名し直されなかったため使えません。お客様に署名を頼んでください。',
    en: 'Its signer has left and nobody signed it again within 30 days. Ask the customer to sign.',
  },
  'agreement-host-unknown': {
    ja: '対象のホストが、選んだシステムに登録されていません。ホストの一覧を確かめてください。',
    en: 'A host in the scope is not one of the systems chosen. Look at the list of hosts.',
  },
  'runbook-unreadable': {
    ja: '手順書に読めない文字が含まれています。文字を直してください。',
    en: 'The runbook holds characters that nobody can read. Correct them.',
  },
  'material-unknown': {
    ja: 'その資料は登録されていません。先に資料を登録してください。',
    en: 'That file is not kept here. Upload it first.',
  },
  'briefing-unknown': {
    ja: 'その説明会の記録はありません。一覧から選び直してください。',
    en: 'There is no such session. Choose from the list again.',
  },
  'briefing-exists': {
    ja: 'その説明会はすでに記録されています。',
    en: 'That session is recorded already.',
  },
  'briefing-not-yet': {
    ja: '開催日が今日より後です。終わった説明会を記録してください。',
    en: 'The day is still to come. Record sessions that were held.',
  },
  'briefing-renewal-backwards': {
    ja: '次回の期限は、開催日より後にしてください。',
    en: 'The day of renewal comes after the session.',
  },
  'customers-signed-changed': {
    ja: '署名の準備をした後に内容が変わりました。開き直して、もう一度確かめてから署名してください。',
    en: 'Something has changed since the signature was prepared. Open it again, look, and sign.',
  },
}
