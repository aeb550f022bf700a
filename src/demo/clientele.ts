/** What goes wrong at a customer of the story; most things go well. */
type Trouble =
  | 'one-contact'
  | 'contact-leaves'
  | 'agreement-expires'
  | 'not-renewed'
  | 'not-acknowledged'
  | 'declines'
  | 'half-confirmed'

export type Client = {
  readonly code: string
  readonly name: { readonly ja: string; readonly en: string }
  readonly since: string
  /** Day of the story on which the customer is registered. */
  readonly day: number
  readonly contacts: readonly (readonly [mail: string, name: string])[]
  readonly system: { readonly code: string; readonly ja: string; readonly en: string }
  readonly hosts: number
  readonly aws: string | null
  readonly trouble: Trouble | null
}

/** The twelve fictional customers of Hikari Managed. */
export const clientele: readonly Client[] = [
  client('aoba', '青葉物流', 'Aoba Logistics', 8, {
    contacts: [
      ['nishida', '西田 恵'],
      ['hamano', '浜野 修'],
    ],
    system: { code: 'tms', ja: '配車管理', en: 'Transport management' },
    hosts: 4,
    aws: '210000000011',
  }),
  client('kawabe', '川辺製作所', 'Kawabe Manufacturing', 8, {
    contacts: [
      ['ishii', '石井 勝'],
      ['tokuda', '徳田 麻衣'],
    ],
    system: { code: 'mes', ja: '生産管理', en: 'Production control' },
    hosts: 3,
  }),
  client('sakura', 'さくら銀行サービス', 'Sakura Bank Services', 8, {
    contacts: [
      ['okubo', '大久保 隆'],
      ['seki', '関 直美'],
      ['tachibana', '橘 亮'],
    ],
    system: { code: 'portal', ja: '顧客ポータル', en: 'Client portal' },
    hosts: 6,
    aws: '210000000013',
    trouble: 'declines',
  }),
  client('minato', 'みなと薬局', 'Minato Pharmacies', 9, {
    contacts: [
      ['kojima', '小島 明'],
      ['ueda', '上田 理恵'],
    ],
    system: { code: 'pos', ja: '店舗販売', en: 'Store sales' },
    hosts: 3,
    trouble: 'not-renewed',
  }),
  client('hoshi', '星野出版', 'Hoshino Publishing', 9, {
    contacts: [
      ['arai', '新井 慎'],
      ['kubo', '久保 佳奈'],
    ],
    system: { code: 'cms', ja: '記事配信', en: 'Content delivery' },
    hosts: 2,
    aws: '210000000015',
  }),
  client('tsubame', 'つばめ交通', 'Tsubame Transit', 9, {
    contacts: [
      ['maruyama', '丸山 剛'],
      ['iwata', '岩田 由美'],
    ],
    system: { code: 'booking', ja: '予約', en: 'Booking' },
    hosts: 3,
    trouble: 'not-acknowledged',
  }),
  client('nanba', '難波食品', 'Nanba Foods', 12, {
    contacts: [
      ['sugimoto', '杉本 徹'],
      ['oishi', '大石 舞'],
    ],
    system: { code: 'edi', ja: '受発注', en: 'Order exchange' },
    hosts: 2,
  }),
  client('yamabuki', '山吹学園', 'Yamabuki Academy', 12, {
    contacts: [
      ['mizuno', '水野 聡'],
      ['hirata', '平田 香'],
    ],
    system: { code: 'lms', ja: '学習管理', en: 'Learning management' },
    hosts: 2,
    aws: '210000000018',
  }),
  client('fuji', '富士見工務店', 'Fujimi Builders', 12, {
    contacts: [['ozaki', '尾崎 健']],
    system: { code: 'erp', ja: '基幹業務', en: 'Core business' },
    hosts: 2,
    trouble: 'one-contact',
  }),
  client('hinata', 'ひなた保育', 'Hinata Childcare', 13, {
    contacts: [
      ['sawada', '沢田 楓'],
      ['noguchi', '野口 進'],
    ],
    system: { code: 'records', ja: '園児記録', en: 'Children’s records' },
    hosts: 2,
    trouble: 'contact-leaves',
  }),
  client('asahi', '旭計測', 'Asahi Instruments', 13, {
    contacts: [
      ['kondo', '近藤 学'],
      ['miyazaki', '宮崎 遥'],
    ],
    system: { code: 'telemetry', ja: '計測収集', en: 'Telemetry' },
    hosts: 3,
    trouble: 'agreement-expires',
  }),
  client('midori', 'みどり不動産', 'Midori Estates', 402, {
    contacts: [['hattori', '服部 純']],
    system: { code: 'listing', ja: '物件公開', en: 'Property listing' },
    hosts: 1,
    trouble: 'half-confirmed',
  }),
]

type Rest = Pick<Client, 'contacts' | 'system' | 'hosts'> & {
  readonly aws?: string
  readonly trouble?: Trouble
}

function client(code: string, ja: string, en: string, day: number, rest: Rest): Client {
  const { contacts, system, hosts, aws = null, trouble = null } = rest
  const since = day > 100 ? '' : '2023-04-01'
  return {
    code,
    name: { ja, en },
    since,
    day,
    contacts,
    system,

    hosts,
    aws,
    trouble,
  }
}
