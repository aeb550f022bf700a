/** What can be wrong with a machine of the demonstration. */
export type Flaw =
  | 'root-login'
  | 'password-login'
  | 'sudo-without-password'
  | 'short-passwords'
  | 'no-time-sync'
  | 'plain-disk'
  | 'stale-antivirus'
  | 'audit-stopped'
  | 'no-firewall'
  | 'old-updates'
  | 'stray-port'
  | 'old-system'
  | 'shared-account'
  | 'shadow-unreadable'

/** From one day of the story to another (exclusive); null: to this day. */
type Spell = { readonly flaw: Flaw; readonly from: number; readonly until: number | null }

export type Machine = {
  readonly name: string
  readonly address: string
  /** What it is for; in the name of its source. */
  readonly use: string
  /** Day of the story on which it is first observed. */
  readonly since: number
  readonly ports: readonly number[]
  /** Employees' numbers with an account on it. */
  readonly people: readonly string[]
  readonly flaws: readonly Spell[]
}

const spell = (flaw: Flaw, from: number, until: number | null = null): Spell => ({
  flaw,
  from,
  until,
})

const operators = ['H0006', 'H0007', 'H0009']
const developers = ['H0029', 'H0030', 'H0031']

/** The provider's own servers; the addresses are those of documentation (RFC 5737). */
export const machines: readonly Machine[] = [
  {
    name: 'jump1',
    address: '192.0.2.10',
    use: '踏み台',
    since: 6,
    ports: [22],
    people: [...operators, 'H0010'],
    flaws: [spell('password-login', 0, 96), spell('audit-stopped', 388, 391)],
  },
  {
    name: 'portal-web1',
    address: '192.0.2.21',
    use: '顧客ポータル',
    since: 6,
    ports: [22, 443],
    people: operators,
    flaws: [spell('old-updates', 60, 79), spell('stray-port', 130, 171)],
  },
  {
    name: 'portal-db1',
    address: '192.0.2.22',
    use: '顧客ポータルのデータベース',
    since: 6,
    ports: [22, 5432],
    people: operators,
    flaws: [spell('root-login', 0, 58), spell('plain-disk', 0, 205)],
  },
  {
    name: 'monitor1',
    address: '192.0.2.31',
    use: '監視',
    since: 20,
    ports: [22, 443],
    people: operators,
    flaws: [spell('no-time-sync', 240, 244)],
  },
  {
    name: 'log1',
    address: '192.0.2.32',
    use: '操作ログの保管',
    since: 20,
    ports: [22, 6514],
    people: ['H0003', 'H0006'],
    flaws: [spell('no-firewall', 20, 64)],
  },
  {
    name: 'backup1',
    address: '192.0.2.33',
    use: 'バックアップ',
    since: 41,
    ports: [22],
    people: ['H0006', 'H0008'],
    flaws: [spell('stale-antivirus', 41, 90), spell('stale-antivirus', 402)],
  },
  {
    name: 'git1',
    address: '192.0.2.41',
    use: 'ソースコード管理',
    since: 75,
    ports: [22, 443],
    people: developers,
    flaws: [spell('password-login', 75, 222), spell('short-passwords', 75, 222)],
  },
  {
    name: 'ci1',
    address: '192.0.2.42',
    use: 'ビルド',
    since: 75,
    ports: [22],
    people: [...developers, 'H0032'],
    flaws: [spell('sudo-without-password', 75), spell('old-updates', 396)],
  },
  {
    name: 'vpn1',
    address: '192.0.2.51',
    use: '拠点間VPN',
    since: 110,
    ports: [22, 500],
    people: ['H0006', 'H0039'],
    flaws: [spell('old-system', 110, 260), spell('shadow-unreadable', 110, 150)],
  },
  {
    name: 'ticket1',
    address: '192.0.2.61',
    use: '作業申請の受付',
    since: 180,
    ports: [22, 443],
    people: ['H0008', 'H0030'],
    flaws: [spell('shared-account', 180, 330)],
  },
  {
    name: 'portal-web2',
    address: '192.0.2.23',
    use: '顧客ポータル',
    since: 210,
    ports: [22, 443],
    people: operators,
    flaws: [spell('stray-port', 415)],
  },
  {
    name: 'portal-db2',
    address: '192.0.2.24',
    use: '顧客ポータルのデータベース',
    since: 210,
    ports: [22, 5432],
    people: operators,
    flaws: [spell('old-updates', 300, 322)],
  },
  {
    name: 'relay1',
    address: '192.0.2.71',
    use: '顧客環境への中継',
    since: 290,
    ports: [22],
    people: [...operators, 'H0010', 'H0011'],
    flaws: [spell('root-login', 290, 299)],
  },
  {
    name: 'relay2',
    address: '192.0.2.72',
    use: '顧客環境への中継',
    since: 290,
    ports: [22],
    people: [...operators, 'H0010', 'H0011'],
    flaws: [spell('shadow-unreadable', 290)],
  },
]

/** What is wrong with a machine on a day of the story. */
export function flawsOn(machine: Machine, day: number): ReadonlySet<Flaw> {
  return new Set(
    machine.flaws
      .filter(({ from, until }) => from <= day && (until === null || day < until))
      .map(({ flaw }) => flaw),
  )
}
