import type { Text } from '../decider.ts'
import type { CriteriaRefusal } from './criteria.ts'

export const criteriaRefusals: Record<CriteriaRefusal, Text> = {
  'criterion-unknown': {
    ja: 'その規準はありません。CC6.1 のような番号を確かめてください。',
    en: 'There is no such criterion. Check the id, such as CC6.1.',
  },
  'criterion-excluded-already': {
    ja: 'この規準はすでに適用外と決められています。理由を変えるには、いったん適用に戻してください。',
    en: 'This criterion is excluded already. To change the reason, include it first.',
  },
  'criterion-not-excluded': {
    ja: 'この規準は適用外になっていません。画面を読み直してください。',
    en: 'This criterion is not excluded. Load the page again.',
  },
}
