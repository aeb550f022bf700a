import { mailDomain } from './cast.ts'
import type { Calendar } from './calendar.ts'
import { employees, type Employee } from './employees.ts'
import { chance } from './stage.ts'
import type { Shown } from '../app/directory/connector.ts'
import type { Account, Group, PasswordPolicy } from '../domain/directory/facts.ts'

/** How many days after the last one an account was disabled; everybody else's was on the day. */
const lateInDirectory: Readonly<Record<string, number>> = { H0046: 6, H0024: 12 }
/** Nobody thought of these services. */
const forgottenIn: Readonly<Record<string, readonly string[]>> = { GitHub: ['H0033'], AWS: [] }
/** Day of the story on which passwords had to become longer. */
const longerFrom = 210

const base = 'DC=hikari,DC=example'

const plain: Omit<Account, 'id' | 'login' | 'createdAt'> = {
  sid: null,
  name: null,
  email: null,
  employeeNumber: null,
  kind: 'user',
  enabled: true,
  expiresAt: null,
  lastUsedAt: null,
  neverUsed: false,
  passwordSetAt: null,
  flags: [],
  mfa: null,
  policy: null,
  dn: null,
  primaryGroup: null,
}

/** What the company's directory shows on a day of the story. */
export function directoryOn(day: number, calendar: Calendar): Shown {
  const today = calendar.date(day)
  const people = employees.filter((one) => calendar.moved(one.from) <= today)
  const accounts = people.map((one) => personal(one, day, calendar))
  const names = (department: string) =>
    people.filter((one) => one.department === department).map(({ number }) => `ad-${number}`)
  return {
    reading: 'full',
    accounts: [...accounts, ...others(day, calendar)],
    groups: [
      group('Domain Admins', ['grp-情報システム', 'ad-svc-backup'], true),
      group('情報システム', names('情報システム')),
      group('運用', names('運用')),
      group('開発', names('開発')),
      group('営業', names('営業')),
    ],
    policies: policiesOn(day),
    deleted: [],
    cursor: null,
  }
}

function personal(one: Employee, day: number, calendar: Calendar): Account {
  const today = calendar.date(day)
  const left = one.until === null ? null : calendar.moved(one.until)
  const closed = left === null ? null : calendar.after(left, lateInDirectory[one.number] ?? 0)
  const used = left !== null && left < today ? left : calendar.date(weekly(day))
  return {
    ...plain,
    id: `ad-${one.number}`,
    login: one.mail,
    name: one.name,
    email: `${one.mail}@${mailDomain}`,
    employeeNumber: one.number,
    enabled: closed === null || today <= closed,
    createdAt: `${calendar.moved(one.from)}T00:00:00.000Z`,
    lastUsedAt: `${used}T00:30:00.000Z`,
    passwordSetAt: `${calendar.date(day - (day % 60))}T00:30:00.000Z`,
    policy: one.department === '情報システム' ? '管理者' : null,
    dn: `CN=${one.name},OU=${one.department},${base}`,
  }
}

/** A directory writes down late when somebody was there, and not at every time. */
function weekly(day: number): number {
  return Math.max(0, day - (day % 7))
}

/** What belongs to nobody, to several, or to a program. */
function others(day: number, calendar: Calendar): Account[] {
  const made = `${calendar.moved('2021-06-01')}T00:00:00.000Z`
  const used = `${calendar.date(weekly(day))}T01:00:00.000Z`
  const one = (login: string, changes: Partial<Account>): Account => ({
    ...plain,
    id: `ad-${login}`,
    login,
    createdAt: made,
    lastUsedAt: used,
    passwordSetAt: made,
    dn: `CN=${login},OU=その他,${base}`,
    ...changes,
  })
  return [
    one('svc-backup', { kind: 'service', flags: ['password-never-expires'] }),
    one('svc-monitor', { kind: 'service' }),
    one('noc-shared', { name: '監視室共用' }),
    one('test01', { lastUsedAt: null, neverUsed: true, passwordSetAt: null }),
    one('scanner', {
      lastUsedAt: `${calendar.date(0)}T01:00:00.000Z`,
      flags: ['password-not-required'],
      enabled: day < 300,
    }),
  ]
}

function group(name: string, members: readonly string[], privileged = false): Group {
  const dn = `CN=${name},OU=グループ,${base}`
  return {
    id: `grp-${name}`,
    sid: null,
    name,
    privileged,
    dn,
    members: [...members].sort(),
    foreign: 0,
  }
}

function policiesOn(day: number): PasswordPolicy[] {
  const common = {
    history: 12,
    complexity: true,
    reversible: false,
    maxAgeDays: 90,
    minAgeDays: 1,
    lockAfter: 5,
    lockMinutes: 30,
    windowMinutes: 30,
    readable: true,
  }
  return [
    {
      ...common,
      id: 'domain',
      name: 'hikari',
      precedence: null,
      minLength: day < longerFrom ? 8 : 12,
      appliesTo: [],
    },
    {
      ...common,
      id: 'pso-admin',
      name: '管理者',
      precedence: 10,
      minLength: 16,
      lockMinutes: 0,
      appliesTo: [`CN=情報システム,OU=グループ,${base}`],
    },
  ]
}

/** Who has an account in a service: by department. */
const inService: Readonly<Record<string, readonly string[]>> = {
  GitHub: ['開発', '情報システム', '運用'],
  AWS: ['運用', '情報システム'],
  Slack: [],
}
export const fictionalServices = Object.keys(inService)

/** The list that a service exports on a day, as CSV. */
export function listOf(service: string, day: number, calendar: Calendar): Uint8Array {
  const today = calendar.date(day)
  const departments = inService[service] ?? []
  const rows = employees
    .filter((one) => calendar.moved(one.from) <= today)
    .filter((one) => departments.length === 0 || departments.includes(one.department))
    .map((one) => {
      const left = one.until === null ? null : calendar.moved(one.until)
      const isForgotten = forgottenIn[service]?.includes(one.number) === true
      const isOpen = left === null || today <= left || isForgotten
      const mfa = service === 'Slack' ? chance(service, one.number) > 0.06 : true
      const role = one.department === '情報システム' ? 'owner' : 'member'
      const used = left !== null && left < today ? left : calendar.date(weekly(day))
      const address = `${one.mail}@${mailDomain}`
      return [one.mail, one.name, address, isOpen ? 'active' : 'suspended', used, mfa, role].join()
    })
  const bots = service === 'GitHub' ? [`deploy-bot,,,active,${today},true,member`] : []
  const glass = service === 'AWS' ? ['root,,,active,,true,owner'] : []
  const header = 'login,name,email,status,last_active,two_factor,role'
  return new TextEncoder().encode([header, ...rows, ...bots, ...glass].join('\n'))
}
