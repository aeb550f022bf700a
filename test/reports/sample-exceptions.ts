import { createHash } from 'node:crypto'
import type { Language } from '../../src/domain/audit/events.ts'
import type { ExceptionRecord } from '../../src/reports/type1/model.ts'
import type { SampleCheck } from './sample-checks.ts'

/** What is wrong at the sample company, made up from each check's texts. */
export function exceptionsOf(check: SampleCheck, language: Language): readonly ExceptionRecord[] {
  return Array.from({ length: check.exceptions }, (_, index) => exceptionOf(check, index, language))
}

function exceptionOf(check: SampleCheck, index: number, language: Language): ExceptionRecord {
  const t = (ja: string, en: string) => (language === 'ja' ? ja : en)
  const seed = check.id.length + index
  const answered = seed % 3 !== 0
  const accepted = seed % 5 === 1
  return {
    id: `exc_${sha256(check.id + String(index)).slice(0, 26)}`,
    check: check.id,
    subject: subjectOf(check.subject, seed, language),
    reason: check.reason[language],
    openedOn: `2026-0${1 + (seed % 3)}-${String(10 + (seed % 18))}`,
    fixedOn: null,
    cause: answered
      ? t(
          '2025年12月に引き継いだ顧客環境のもので、構成管理の対象に入っていなかった。',
          'It belongs to the environment taken over in December 2025 and was not yet under configuration management.',
        )
      : null,
    response: answered
      ? {
          plan: t(
            '定期作業で設定を変更し、以後は構成管理から配布する。',
            'It will be changed in the regular work and be set by configuration management from then on.',
          ),
          owner: owners[language][seed % 6] ?? null,
          due: '2026-04-20',
        }
      : null,
    acceptance: accepted
      ? {
          by: t('光 一郎', 'Ichiro Hikari'),
          until: seed % 2 === 0 ? '2026-06-30' : '2026-02-28',
          reason: t(
            '顧客の業務に影響するため、次の停止日まで待つ。外部からの接続は閉じている。',
            'It would disturb the customer and waits for the next maintenance day. It cannot be reached from outside.',
          ),
        }
      : null,
    entry: 98_000 + seed * 37,
  }
}

function subjectOf(kind: SampleCheck['subject'], seed: number, language: Language): string {
  const number = String(1 + (seed % 24)).padStart(2, '0')
  switch (kind) {
    case 'host':
      return `web-${number}.tokyo.hikari-managed.example`
    case 'account':
      return `svc-deploy@db-${number}`
    case 'person':
      return owners[language][seed % 6] ?? ''
    case 'policy':
      return language === 'ja' ? 'インシデント対応手順 第4版' : 'Incident procedure, version 4'
    case 'control':
      return 'AC-06'
  }
}

export const owners = {
  ja: ['佐藤 美咲', '鈴木 健太', '高橋 直子', '田中 大輔', '伊藤 さくら', '渡辺 翔'],
  en: [
    'Misaki Sato',
    'Kenta Suzuki',
    'Naoko Takahashi',
    'Daisuke Tanaka',
    'Sakura Ito',
    'Sho Watanabe',
  ],
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
