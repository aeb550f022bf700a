import type { Text } from '../decider.ts'
import type { ServicesRefusal } from './services.ts'

export const servicesRefusals: Readonly<
  Record<
    | ServicesRefusal
    | 'service-owner-unknown'
    | 'service-evidence-missing'
    | 'service-source-missing',
    Text
  >
> = {
  'service-exists': {
    ja: '同じ名前のサービスがすでに登録されています。そちらを変更してください。',
    en: 'A service of this name is on the register already. Change that one.',
  },
  'service-unknown': {
    ja: 'そのサービスは登録されていません。一覧を開き直してください。',
    en: 'There is no such service. Reload the list.',
  },
  'service-retired': {
    ja: 'そのサービスは利用をやめています。使い始めるなら新しく登録してください。',
    en: 'That service is no longer in use. Register it anew if it is used again.',
  },
  'service-owner-unknown': {
    ja: '責任者が名簿にいません。在籍している人を選んでください。',
    en: 'The owner is not on the roster. Choose somebody who works here.',
  },
  'service-evidence-missing': {
    ja: '示された証拠が見つかりません。先に証拠をアップロードしてください。',
    en: 'The evidence named is not there. Upload it first.',
  },
  'service-source-missing': {
    ja: '示されたアカウントの観測元が見つかりません。一覧から選び直してください。',
    en: 'The source of accounts named is not there. Choose it from the list again.',
  },
}
