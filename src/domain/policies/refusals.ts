import type { Text } from '../decider.ts'
import type { PoliciesRefusal } from './policies.ts'

/** Refusals of the use cases beside those of the decider. */
export type PoliciesUseRefusal = 'policy-text-unreadable' | 'starter-unknown'

export const policiesRefusals: Record<PoliciesRefusal | PoliciesUseRefusal, Text> = {
  'policy-unknown': {
    ja: 'その規程は見つかりません。一覧から選び直してください。',
    en: 'There is no such policy. Choose again from the list.',
  },
  'policy-changed': {
    ja: '開いたあとで規程の新しい版ができました。最新の版を読んでから、もう一度行ってください。',
    en: 'There is a newer version than the one you had open. Read it, then do this again.',
  },
  'policy-own': {
    ja: '自分が書いた版を自分で承認することはできません。別の人に承認を頼んでください。',
    en: 'Nobody approves a version that they wrote. Ask somebody else to approve it.',
  },
  'policy-withdrawn': {
    ja: 'この規程は廃止されています。使うには、新しい版を作ってください。',
    en: 'This policy has been withdrawn. Draft a new version to bring it back.',
  },
  'policy-not-in-force': {
    ja: '署名しようとした版は今の版ではありません。今の版を読んでから署名してください。',
    en: 'The version you were about to sign is not the one in force. Read that one and sign it.',
  },
  'policy-text-unreadable': {
    ja: '本文に、記録できない文字（制御文字など）があります。取り除いてから保存してください。',
    en: 'The text has characters that cannot be recorded (control characters). Remove them and save again.',
  },
  'starter-unknown': {
    ja: 'そのひな形は見つかりません。一覧から選び直してください。',
    en: 'There is no such starter text. Choose again from the list.',
  },
}
