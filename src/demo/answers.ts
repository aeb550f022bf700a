import { numbers } from './cast.ts'

type Answer = {
  readonly cause: string
  readonly plan: string
  /** Days until the response is due. */
  readonly days: number
  /** Number of whoever carries it out. */
  readonly owner: string
}

const { operations, hr, securityLead, it } = numbers

const families: readonly (readonly [prefix: string, answers: readonly Answer[]])[] = [
  [
    'host-security-updates',
    [
      {
        cause: '更新の適用が月次の保守枠に限られており、枠の間に公開された更新が残っていた。',
        plan: '緊急度の高い更新は保守枠を待たず、事前承認作業として適用する。',
        days: 14,
        owner: operations,
      },
    ],
  ],
  [
    'host-',
    [
      {
        cause: '構築時の設定手順に項目が抜けており、構築後の確認でも気付けなかった。',
        plan: '設定を直し、構築手順と確認表に項目を加える。次の観測で解消を確かめる。',
        days: 30,
        owner: operations,
      },
      {
        cause: '検証のために一時的に変更した設定が、検証後も戻されていなかった。',
        plan: '設定を戻す。一時的な変更には期限を付け、期限後の戻し忘れを週次で確かめる。',
        days: 21,
        owner: operations,
      },
    ],
  ],
  [
    'observation-',
    [
      {
        cause: '観測に使う読み取り専用アカウントの鍵が、機器の再構築で失われた。',
        plan: '鍵を配布し直し、再構築の手順に観測の確認を加える。',
        days: 7,
        owner: it,
      },
    ],
  ],
  [
    'training-',
    [
      {
        cause: '当番の勤務と重なり、受講の時間を確保できていなかった。',
        plan: '上長が受講日を割り当て、翌月の勤務表に組み込む。',
        days: 45,
        owner: hr,
      },
    ],
  ],
  [
    'people-',
    [
      {
        cause: '人事から情報システムへの連絡が、退職日より後になった。',
        plan: '退職の申し出があった時点で人事が連絡し、最終出社日に停止する手順に改める。',
        days: 30,
        owner: hr,
      },
    ],
  ],
  [
    'policy-',
    [
      {
        cause: '担当部署での内容の確認に時間がかかっている。',
        plan: '未確認の人へ上長から個別に依頼し、月末までに完了させる。',
        days: 45,
        owner: securityLead,
      },
    ],
  ],
  [
    'evidence-',
    [
      {
        cause: '実施はしたが、記録の作成が締め切りに間に合わなかった。',
        plan: '実施日に記録まで終える運用に改め、締め切りの1週間前に通知する。',
        days: 30,
        owner: operations,
      },
    ],
  ],
]

const otherwise: Answer = {
  cause: '担当が決まっておらず、対応が後回しになっていた。',
  plan: '担当を決め、月次の会議で進み具合を確かめる。',
  days: 60,
  owner: securityLead,
}

/** What the company says about an exception of a check; `draw` (0 to 1) chooses among several. */
export function answerTo(check: string, draw: number): Answer {
  const [, answers] = families.find(([prefix]) => check.startsWith(prefix)) ?? ['', [otherwise]]
  return answers[Math.min(answers.length - 1, Math.floor(draw * answers.length))] ?? otherwise
}
