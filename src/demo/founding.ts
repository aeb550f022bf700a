import iconv from 'iconv-lite'
import { challengeIn, invite, mailDomain, numbers, sign } from './cast.ts'
import { storyDays } from './calendar.ts'
import { employees } from './employees.ts'
import { must, type Deed, type Stage } from './stage.ts'

const organisation = {
  name: { ja: '株式会社ひかりマネージド', en: 'Hikari Managed K.K.' },
  timeZone: 'Asia/Tokyo',
}

/** Set-up, the first people in office, the roster month by month, accounts, leavers. */
export function foundingDeeds(stage: Pick<Stage, 'calendar'>): Deed[] {
  const lists = [1, 8, ...Array.from({ length: 14 }, (_, month) => 20 + month * 30)]
  return [
    { day: 0, time: '10:00', run: setUp },
    { day: 0, time: '15:30', run: (at) => invite(at, numbers.president, numbers.securityLead) },
    { day: 0, time: '16:10', run: (at) => invite(at, numbers.securityStaff, numbers.securityLead) },
    ...lists.map((day) => ({ day, time: '11:00', run: (at: Stage) => importRoster(at, day) })),
    { day: 2, time: '13:00', run: vouch },
    { day: 3, time: '10:00', run: inviteOwners },
    { day: 4, time: '14:00', run: vouch },
    { day: 5, time: '09:20', run: handOver },
    ...[9, 22, 52, 82, 112, 142, 172, 202, 232, 262, 292, 322, 352, 382, 412].map((day) => ({
      day,
      time: '13:30',
      run: (at: Stage) => inviteStaff(at, day),
    })),
    ...leaverDeeds(stage),
  ]
}

async function setUp({ access, cast }: Stage): Promise<void> {
  const number = numbers.securityLead
  const { name, mail } = cast.employee(number)
  const email = `${mail}@${mailDomain}`
  const token = access.setUpLink.renew()
  const options = must(await access.doors.setUpOptions({ token, name, email }))
  must(
    await access.doors.setUp({
      token,
      organisation,
      categories: ['security', 'availability', 'confidentiality'],
      administrator: { name, email },
      credential: cast.passkey(number).register(challengeIn(options)),
      language: 'ja',
      demonstration: true,
    }),
  )
  const [founder] = await access.accounts.list('')
  if (founder === undefined) throw new Error('the founder has no account')
  cast.know(number, founder.person.id)
}

/** The list as HR writes it: Shift_JIS, everybody who is known, leavers with their last day. */
async function importRoster({ people, cast, calendar }: Stage, day: number): Promise<void> {
  const today = calendar.date(day)
  const soon = calendar.date(Math.min(day + 14, storyDays))
  const rows = employees
    .filter(({ from }) => calendar.moved(from) <= soon)
    .map(({ number, name, mail, department, title, manager, from, until }) => {
      const left = until === null ? null : calendar.moved(until)
      const shown = left !== null && isTold(number, left, today) ? left : ''
      const address = `${mail}@${mailDomain}`
      return [number, name, address, department, title, manager ?? '', calendar.moved(from), shown]
    })
  const head = '社員番号,氏名,メールアドレス,部署,役職,上司,入社日,退職日'
  const list = iconv.encode([head, ...rows.map((row) => row.join())].join('\r\n'), 'Shift_JIS')
  const { digest } = must(await people.preview(list))
  const by = cast.isKnown(numbers.hr) ? numbers.securityStaff : numbers.securityLead
  must(await people.confirm(digest, list, cast.id(by)))
  await cast.meet({ people })
}

/** HR tells of one leaver only after the fact. */
const toldLate = 'H0024'

function isTold(number: string, left: string, today: string): boolean {
  return number === toldLate ? left < today : left <= `${today.slice(0, 8)}31`
}

async function inviteOwners(stage: Stage): Promise<void> {
  const { operations, development, it, service, hr, legal, director } = numbers
  for (const number of [operations, development, it, service, hr, legal, director]) {
    await invite(stage, number, numbers.securityLead)
  }
}

/** The president vouches for the passkeys of those who will approve, after comparing fingerprints. */
async function vouch(stage: Stage): Promise<void> {
  await vouchFor(stage, numbers.president)
}

async function vouchFor(stage: Stage, voucher: string): Promise<void> {
  const { access, cast } = stage
  const own = voucher === numbers.president ? 'administrator' : cast.role(voucher)
  const accounts = await access.accounts.list(cast.id(voucher))
  for (const { person, passkey, role } of accounts) {
    if (passkey?.mayConfirm !== true || role === 'read-only' || role === 'customer-contact')
      continue
    const { fingerprint } = passkey
    const act = { act: 'confirm-passkey', person: person.id, fingerprint } as const
    await sign(stage, voucher, own, act)
  }
}

/** The founder was administrator only to begin; from here on the president is. */
async function handOver({ access, cast }: Stage): Promise<void> {
  must(
    await access.accounts.changeRole(
      cast.id(numbers.securityLead),
      'security-lead',
      cast.id(numbers.president),
    ),
  )
}

/** Everybody who works here and has no account yet gets one. */
async function inviteStaff(stage: Stage, day: number): Promise<void> {
  const { access, cast, calendar } = stage
  const today = calendar.date(day)
  const accounts = await access.accounts.list(cast.id(numbers.president))
  const known = new Set(accounts.map(({ person }) => person.id))
  for (const { number, from, until } of employees) {
    const isHere =
      calendar.moved(from) <= today && (until === null || calendar.moved(until) > today)
    if (!isHere || !cast.isKnown(number) || known.has(cast.id(number))) continue
    await invite(stage, number, numbers.president)
  }
  await vouchFor(stage, numbers.securityStaff)
}

/** Days from leaving until the account was disabled; one is forgotten to this day. */
const disabledAfter: Readonly<Record<string, number | null>> = {
  H0017: 9,
  H0046: 0,
  H0033: 1,
  H0024: null,
}

function leaverDeeds({ calendar }: Pick<Stage, 'calendar'>): Deed[] {
  return employees.flatMap(({ number, until }) => {
    const late = disabledAfter[number]
    if (until === null || late === null || late === undefined) return []
    const left = calendar.moved(until)
    const day = Array.from({ length: storyDays }, (_, at) => at).find(
      (at) => calendar.date(at) >= left,
    )
    if (day === undefined) return []
    return [{ day: day + late, time: '17:40', run: (at: Stage) => disable(at, number) }]
  })
}

async function disable({ access, cast }: Stage, number: string): Promise<void> {
  const accounts = await access.accounts.list(cast.id(numbers.president))
  const person = cast.id(number)
  if (!accounts.some((one) => one.person.id === person)) return
  must(await access.accounts.disable(person, '退職', cast.id(numbers.president)))
}
