import type { Refused, Text } from '../../domain/decider.ts'
import type { EngineRefusal } from './engine.ts'

/** What happened and what to do, for the codes with which the engine itself refuses. */
export const engineRefusals: Record<EngineRefusal, Text> = {
  'clock-behind': {
    ja: 'このコンピューターの時計が、台帳の最後の記録より遅れています。時計を合わせてから、もう一度お試しください。',
    en: 'The clock of this machine is behind the last entry of the ledger. Set the clock, then try again.',
  },
  'entry-too-large': {
    ja: '内容が大きすぎて、1 件の記録（65,535 バイトまで）に収まりません。短くするか、ファイルとして添付してください。',
    en: 'This is too large for one entry (65,535 bytes at most). Shorten it, or attach it as a file.',
  },
  'ledger-stopped': {
    ja: '台帳の状態を確かめられないため、書き込みを止めました。何も失わないよう、プログラムを再起動してから、もう一度お試しください。',
    en: 'The state of the ledger cannot be made certain, so writing has stopped. Restart the program, then try again; a command that was carried out is not repeated.',
  },
  'person-erased': {
    ja: 'この人の個人情報はすでに消去されており、新しく記録することはできません。必要な場合は、新しい人として登録してください。',
    en: 'The personal data of this person was erased, and no more can be recorded. Enter them as a new person if you must.',
  },
  'storage-full': {
    ja: 'データベースのディスクがいっぱいで、何も書き込まれませんでした。空き容量を増やしてから、もう一度お試しください。',
    en: 'The disk of the database is full; nothing was written. Make room, then try again.',
  },
  'text-malformed': {
    ja: '文字として正しくないデータ（NUL や壊れた絵文字など）が含まれています。取り除いてから、もう一度お試しください。',
    en: 'The text holds something that is no character (NUL, or half of an emoji). Remove it, then try again.',
  },
}

export function isEngineRefusal(answer: Refused): answer is Refused<EngineRefusal> {
  return Object.hasOwn(engineRefusals, answer.refused)
}
