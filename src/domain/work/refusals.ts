import type { CalendarRefusal } from '../calendar/calendar.ts'
import type { Text } from '../decider.ts'
import type { WorkRefusal } from './change.ts'

/** Refusals of the application around the decider. */
type CaseRefusal = 'work-target-unknown' | 'work-runbook-differs' | 'work-page-differs'

type Own = Exclude<WorkRefusal, `agreement-${string}` | `contact-${string}`> | CaseRefusal

export const workRefusals: Record<Own, Text> = {
  'work-unknown': {
    ja: 'その番号の作業は見つかりません。番号を確かめてください。',
    en: 'There is no change with that number. Check the number.',
  },
  'work-exists': {
    ja: 'その番号の作業はすでにあります。もう一度お試しください。',
    en: 'There is a change with that number already. Try again.',
  },
  'work-changed': {
    ja: 'この作業の内容は、ご覧になった後に改訂されました。読み直してから、もう一度お試しください。',
    en: 'This change was revised after you looked at it. Read it again, then try again.',
  },
  'work-wrong-state': {
    ja: '作業の今の状態では、その操作はできません。作業のページで状態を確かめてください。',
    en: 'That cannot be done in the state the change is in. Look at its page for what can.',
  },
  'work-customer-inactive': {
    ja: 'そのお客様は登録されていないか、契約が終わっています。',
    en: 'That customer is not registered, or is a customer no more.',
  },
  'work-scope-empty': {
    ja: '対象のホストまたはクラウドのアカウントを一つ以上選んでください。',
    en: 'Choose at least one host or cloud account.',
  },
  'work-scope-foreign': {
    ja: '対象に、ほかのお客様のものが含まれています。一つの作業は一つのお客様に限ります。',
    en: 'The scope holds something of another customer. One change is for one customer.',
  },
  'work-system-inactive': {
    ja: '対象のシステムは登録されていないか、廃止されています。',
    en: 'That system is not registered, or was retired.',
  },
  'work-target-unknown': {
    ja: 'そのホスト・アカウントは、お客様のシステムに登録されていません。登録するか、選び直してください。',
    en: 'That host or account is not registered with the customer’s systems. Register it or choose again.',
  },
  'work-rollback-missing': {
    ja: '元に戻す手順を書いてください。',
    en: 'Write down the way back.',
  },
  'work-steps-missing': {
    ja: '作業の手順（実行するコマンド）を書いてください。',
    en: 'Write down the steps: the commands that will be run.',
  },
  'work-window-backwards': {
    ja: '作業時間の終わりが始まりより前です。入れ直してください。',
    en: 'The window ends before it begins. Correct it.',
  },
  'work-window-over': {
    ja: 'その作業時間はもう過ぎています。これからの時間にして、改訂してください。',
    en: 'That window is over. Revise the change with one that is still to come.',
  },
  'work-window-too-long': {
    ja: '作業時間が長すぎます（通常・事前承認は 72 時間、緊急は 60 分まで）。分けて申請してください。',
    en: 'The window is too long: 72 hours for ordinary and agreed work, 60 minutes for an emergency. Ask for parts.',
  },
  'work-window-not-open': {
    ja: '今は承認された作業時間の外です。時間になってから、または時間を変えて承認を取り直してください。',
    en: 'It is outside of the approved window. Wait for it, or have another one approved.',
  },
  'work-model-missing': {
    ja: '事前承認作業には、お客様が署名した合意が必要です。合意を選ぶか、通常の作業として申請してください。',
    en: 'Agreed work needs an agreement that the customer has signed. Choose one, or ask for a normal change.',
  },
  'work-model-differs': {
    ja: '合意された範囲（ホスト、危険度、きっかけ）から外れています。範囲内にするか、通常の作業として申請してください。',
    en: 'This is outside of what was agreed (host, risk or trigger). Stay within it, or ask for a normal change.',
  },
  'work-parameter-missing': {
    ja: '合意で決められた値が足りません。すべての値を入れてください。',
    en: 'A value that the agreement asks for is missing. Give every one.',
  },
  'work-parameter-unknown': {
    ja: '合意にない値が含まれています。取り除いてください。',
    en: 'There is a value that the agreement does not know. Remove it.',
  },
  'work-parameter-out-of-bounds': {
    ja: '値が合意された範囲の外です。範囲内にするか、通常の作業として申請してください。',
    en: 'A value is out of the agreed bounds. Keep to them, or ask for a normal change.',
  },
  'work-runbook-differs': {
    ja: '合意された手順書を読み出せないか、内容が異なります。合意のページを確かめてください。',
    en: 'The agreed runbook cannot be read or is another one. Look at the agreement.',
  },
  'work-emergency-missing': {
    ja: '緊急作業には理由と障害番号が必要です（ほかの種類の作業には書けません）。',
    en: 'An emergency needs a reason and an incident number; other kinds of change have none.',
  },
  'work-own-request': {
    ja: '自分が申請・改訂した作業を、自分で評価・承認することはできません。ほかの人に頼んでください。',
    en: 'Nobody assesses or approves what they asked for or revised. Ask somebody else.',
  },
  'work-own-execution': {
    ja: '自分が実施する作業を、自分で評価・承認することはできません。ほかの人に頼んでください。',
    en: 'Nobody assesses or approves what they will carry out. Ask somebody else.',
  },
  'work-approved-already': {
    ja: 'この作業はすでに承認済みです。もう一人の承認には、別の人の署名が必要です。',
    en: 'You have approved this already. The second approval has to be another person’s.',
  },
  'work-not-approver': {
    ja: 'この作業を承認・取り消しできる立場ではありません。',
    en: 'It is not for you to approve this, or to take an approval back.',
  },
  'work-approvals-missing': {
    ja: '必要な承認がそろっていません。作業のページで、誰の承認を待っているか確かめてください。',
    en: 'Not every approval is there. The change’s page says whose is missing.',
  },
  'work-approval-too-old': {
    ja: '承認から 14 日を過ぎています。承認を取り直してください。',
    en: 'The approval is older than 14 days. Have it approved again.',
  },
  'work-approver-gone': {
    ja: '承認した人、またはその鍵が、今は承認できる立場にありません。別の人の承認が必要です。',
    en: 'Whoever approved, or the key they used, may not approve any more. Somebody else has to.',
  },
  'work-signature-invalid': {
    ja: '署名が正しくないか、その鍵は承認に使えません。パスキーの確認状況を確かめてください。',
    en: 'The signature is wrong, or that key may not carry approvals. Look whether the passkey is confirmed.',
  },
  'work-statement-other': {
    ja: '署名された内容が、この作業の今の内容と一致しません。読み直してから、署名し直してください。',
    en: 'What was signed is not what this change says now. Read it again, then sign again.',
  },
  'work-not-executor': {
    ja: '実施者として承認された人だけが、作業を始めて接続できます。',
    en: 'Only those who were approved as executors begin the work and get in.',
  },
  'work-executor-approved': {
    ja: '承認・評価した人は、その作業を実施できません。',
    en: 'Whoever approved or assessed a change does not carry it out.',
  },
  'work-executor-inactive': {
    ja: '実施者のアカウントが有効でないか、在籍していません。',
    en: 'The executor’s account is not active, or the executor does not work here.',
  },
  'work-executor-untrained': {
    ja: '実施者が本番作業の研修を修了していないか、有効期限が切れています。',
    en: 'The executor has not passed the course on work in production, or it has lapsed.',
  },
  'work-no-contact': {
    ja: '承認できるお客様の担当者がいません。担当者の登録が済むまで、通常の作業はできません。',
    en: 'The customer has no contact who can approve. No normal work until one is registered.',
  },
  'work-customer-not-notified': {
    ja: 'お客様の担当者に知らせることができていません。緊急作業は、知らせてから始めます。',
    en: 'No contact of the customer could be told. An emergency begins only after that.',
  },
  'work-session-open': {
    ja: '開いている接続があります。終了してから、作業を終えてください。',
    en: 'A session is still open. End it, then finish the work.',
  },
  'work-own-review': {
    ja: '実施した本人は検証できません。ほかの人に検証を頼んでください。',
    en: 'Whoever carried it out does not review it. Ask somebody else.',
  },
  'work-findings-open': {
    ja: 'この作業について、片付いていない不一致があります。先にそれらを調べて結論を出してください。',
    en: 'There are open findings about this change. Settle them first.',
  },
  'work-customer-answer-missing': {
    ja: '緊急作業には、お客様の事後の確認が必要です。',
    en: 'An emergency needs the customer’s look back.',
  },
  'work-reason-missing': {
    ja: '理由を書いてください。',
    en: 'Write why.',
  },
  'work-credential-scope': {
    ja: '承認された対象（ホスト・アカウント）の外です。対象を変えるには、改訂して承認を取り直してください。',
    en: 'That host or account is not in what was approved. To change that, revise and have it approved again.',
  },
  'work-credential-lifetime': {
    ja: '証明書の有効期間が、承認された時間または 60 分を超えているか、切れています。',
    en: 'The credential would live longer than the window or 60 minutes, or has ended.',
  },
  'work-credential-limit': {
    ja: 'この作業で発行できる証明書の上限に達しました。',
    en: 'This change has had as many credentials as it may.',
  },
  'work-credential-unknown': {
    ja: 'その証明書は発行されていないか、失効しています。',
    en: 'That credential was not issued, or was revoked.',
  },
  'work-session-unknown': {
    ja: 'その接続の記録はありません。',
    en: 'There is no such session.',
  },
  'work-session-exists': {
    ja: 'その接続はすでに記録されています。',
    en: 'That session is recorded already.',
  },
  'work-page-differs': {
    ja: '画面に示した内容と、署名する内容のハッシュが一致しません。署名せず、担当者へ電話で確かめてください。',
    en: 'What this page shows has another hash than what would be signed. Do not sign; call us.',
  },
}

export const calendarRefusals: Record<CalendarRefusal, Text> = {
  'freeze-unknown': {
    ja: 'その凍結期間は見つかりません。',
    en: 'There is no such freeze.',
  },
  'freeze-backwards': {
    ja: '凍結期間の終わりが、始まりより前か、すでに過ぎています。',
    en: 'The freeze ends before it begins, or is over already.',
  },
  'freeze-too-long': {
    ja: '凍結期間は 92 日までです。',
    en: 'A freeze lasts 92 days at most.',
  },
  'freeze-of-the-customer': {
    ja: 'お客様が設けた凍結は、お客様だけが解除できます。',
    en: 'What a customer has frozen, only that customer sets free.',
  },
  'freezes-too-many': {
    ja: '凍結期間が多すぎます。',
    en: 'There are too many freezes.',
  },
  'signal-exists': {
    ja: 'その検知はすでに記録されています。',
    en: 'That signal is recorded already.',
  },
  'work-frozen': {
    ja: '今は凍結期間です。緊急作業のほかは始められません。',
    en: 'It is a freeze. Nothing but an emergency can begin.',
  },
  'work-run-limit': {
    ja: '合意された回数の上限に達しています。上限を待つか、通常の作業として申請してください。',
    en: 'This work has run as often as agreed. Wait, or ask for a normal change.',
  },
  'work-trigger-missing': {
    ja: 'きっかけとなる監視の検知が記録されていません。検知を選ぶか、緊急作業として申請してください。',
    en: 'No monitor’s signal is recorded for it. Choose one, or ask for an emergency.',
  },
  'work-trigger-used': {
    ja: 'その検知は、ほかの作業のきっかけとして使われています。',
    en: 'Another change stands on that signal already.',
  },
  'work-trigger-of-another': {
    ja: 'その検知は、合意された監視またはお客様のものではありません。',
    en: 'That signal is not of the monitor, or the customer, that was agreed on.',
  },
  'work-trigger-own': {
    ja: 'その検知は、実施者自身が登録したものです。実施者が作れない検知が必要です。',
    en: 'The executor recorded that signal himself. It has to come from where he cannot write.',
  },
  'work-trigger-old': {
    ja: 'その検知は 2 日より前のものです。新しい検知を選んでください。',
    en: 'That signal is older than two days. Choose a fresh one.',
  },
  'work-emergency-blocked': {
    ja: 'この実施者の以前の緊急作業を、お客様がまだ認めていません。確認が済むまで、緊急作業はできません。',
    en: 'The customer has not accepted an earlier emergency of this executor. No other one until then.',
  },
}
