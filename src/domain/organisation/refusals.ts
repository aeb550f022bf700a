import type { Text } from '../decider.ts'
import type { OrganisationRefusal } from './organisation.ts'

export const organisationRefusals: Record<OrganisationRefusal, Text> = {
  'organisation-set-up-already': {
    ja: 'この組織の初期設定はすでに済んでいます。サインインしてお使いください。',
    en: 'This organisation has been set up already. Sign in instead.',
  },
  'organisation-not-set-up': {
    ja: '組織の初期設定がまだ済んでいません。端末に表示された初期設定用のリンクを開いてください。',
    en: 'The organisation has not been set up yet. Open the set-up link shown in the terminal.',
  },
  'scope-without-security': {
    ja: '「セキュリティ」は SOC 2 の対象から外せません。選び直してください。',
    en: 'Security is always in the scope of SOC 2. Choose again with it included.',
  },
  'time-zone-unsupported': {
    ja: 'その時間帯の名前は使えません。Asia/Tokyo のような地名で選んでください。',
    en: 'That time zone is not known. Choose a place name such as Asia/Tokyo.',
  },
}
