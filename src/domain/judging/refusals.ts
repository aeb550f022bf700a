import type { Text } from '../decider.ts'

export const judgingRefusals: Record<'check-unknown', Text> = {
  'check-unknown': {
    ja: 'その検査はありません。検査の一覧から選び直してください。',
    en: 'There is no such check. Choose one from the list of checks.',
  },
}
