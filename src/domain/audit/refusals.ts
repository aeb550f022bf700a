import type { Text } from '../decider.ts'
import type { AuditRefusal } from './audit.ts'

/** Refusals of the application around the decider. */
export type ReportRefusal =
  | 'description-block-unknown'
  | 'assertion-changed'
  | 'report-day-not-come'
  | 'report-day-too-early'
  | 'report-checkpoint-pending'
  | 'report-busy'
  | 'report-not-made'

export const auditRefusals: Record<AuditRefusal | ReportRefusal, Text> = {
  'description-changed': {
    ja: 'ほかの人がこの項目を先に書き換えました。最新の内容を開き、必要な変更を加えてもう一度保存してください。',
    en: 'Somebody else has changed this block meanwhile. Open it again, put your changes in, and save.',
  },
  'description-block-unknown': {
    ja: 'その項目はシステムの記述にありません。一覧から選び直してください。',
    en: 'The description has no such block. Choose it again from the list.',
  },
  'assertion-changed': {
    ja: '署名の準備をした後に、記述書の内容が変わりました。もう一度読んでから署名してください。',
    en: 'The assertion has changed since the signature was prepared. Read it again before you sign.',
  },
  'report-day-not-come': {
    ja: '基準日がまだ来ていません。今日までの日を選んでください。',
    en: 'That day has not come yet. Choose today or an earlier day.',
  },
  'report-day-too-early': {
    ja: 'その日には台帳の記録がまだありません。組織の初期設定をした日以降を選んでください。',
    en: 'The ledger has no entries of that day yet. Choose the day of the set-up or a later one.',
  },
  'report-checkpoint-pending': {
    ja: '報告書が拠る記録までのチェックポイントがまだ公開されていません。少し待ってから、もう一度お試しください。続く場合は台帳のページで状態を確かめてください。',
    en: 'No published checkpoint covers the entries of this report yet. Wait a little and try again; if it stays so, look at the page of the ledger.',
  },
  'report-busy': {
    ja: 'ほかの報告書を作成中で、順番待ちがいっぱいです。少し待ってから、もう一度お試しください。',
    en: 'Other reports are being made and the queue is full. Wait a little and try again.',
  },
  'report-not-made': {
    ja: '報告書を作成できませんでした。もう一度お試しください。続く場合は、運用担当者がログで理由を確かめられます。',
    en: 'The report could not be made. Try again; if it stays so, the operator finds the reason in the log.',
  },
}
