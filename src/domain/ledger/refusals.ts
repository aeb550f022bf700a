import type { Text } from '../decider.ts'

export type LedgerRefusal = 'entry-unknown' | 'ledger-empty'

export const ledgerRefusals: Record<LedgerRefusal, Text> = {
  'entry-unknown': {
    ja: 'その番号の記録はありません。台帳の大きさを確かめてください。',
    en: 'There is no entry of that number. Look at the size of the ledger.',
  },
  'ledger-empty': {
    ja: '台帳にまだ公開された記録がありません。少し待ってから、もう一度試してください。',
    en: 'Nothing of the ledger is published yet. Wait a moment and try again.',
  },
}
