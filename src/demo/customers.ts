import type { Act } from '../contract/session.ts'
import type { Role } from '../domain/access/permission.ts'
import { monthsAfter } from '../domain/customers/agreements.ts'
import type { Entitlement, Topic } from '../domain/customers/words.ts'
import { challengeIn, numbers } from './cast.ts'
import { clientele, type Client } from './clientele.ts'
import { must, type Deed, type Stage } from './stage.ts'

const everything: Entitlement = {
  systems: 'all',
  risks: ['normal', 'destructive', 'emergency-review'],
}
const ordinary: Entitlement = { systems: 'all', risks: ['normal', 'emergency-review'] }

/** Twelve customers, who speaks for them, what they agreed to and understood: good and bad. */
export function customerDeeds(): Deed[] {
  return clientele.flatMap((client) => [
    deed(client.day, '10:20', (at) => register(at, client)),
    deed(client.day + 1, '14:10', (at) => firstContact(at, client)),
    ...(client.trouble === 'half-confirmed' ? [] : practice(client)),
  ])
}

function practice(client: Client): Deed[] {
  const { day, trouble } = client
  const deeds = [
    deed(day + 2, '10:40', (at) => furtherContacts(at, client)),
    deed(day + 3, '15:00', (at) => hold(at, client, day + 3)),
    deed(day + 5, '11:30', (at) => acknowledge(at, client)),
    deed(day + 8, '13:20', (at) => agree(at, client, 'restart')),
    deed(day + 9, '10:10', (at) => agree(at, client, 'cleanup')),
  ]
  if (trouble !== 'not-renewed') {
    deeds.push(deed(day + 360, '15:30', (at) => hold(at, client, day + 360)))
    if (trouble !== 'not-acknowledged') {
      deeds.push(deed(day + 363, '11:20', (at) => acknowledge(at, client)))
    }
  }
  if (trouble !== 'agreement-expires') {
    deeds.push(deed(day + 355, '14:40', (at) => renew(at, client)))
  }
  if (trouble === 'contact-leaves') {
    deeds.push(deed(409, '17:10', (at) => leave(at, client)))
  }
  return deeds
}

function deed(day: number, time: string, run: Deed['run']): Deed {
  return { day, time, run }
}

async function register({ customers, cast, calendar }: Stage, client: Client): Promise<void> {
  const by = cast.id(numbers.service)
  const { code: customer, name } = client
  const since = client.since === '' ? calendar.date(client.day) : client.since
  must(await customers.describe(customer, { name, since }, 1, by))
  const { ja, en } = client.system
  const hosts = Array.from({ length: client.hosts }, (_, at) => ({
    name: `${at === client.hosts - 1 && at > 0 ? 'db' : 'web'}${at + 1}`,
    environment: at === 1 && client.hosts > 3 ? 'staging' : 'prod',
    address: `10.40.${clientele.indexOf(client) + 1}.${at + 11}`,
    port: 22,
    principals: ['ops'],
    hostKey: null,
  }))
  const document = {
    name: { ja, en },
    environments: [
      { code: 'prod', production: true },
      { code: 'staging', production: false },
    ],
    hosts,
    accounts:
      client.aws === null
        ? []
        : [{ number: client.aws, environment: 'prod', roles: ['OperatorRole'] }],
  }
  must(await customers.describeSystem({ customer, system: systemOf(client) }, document, 1, by))
  const contract = {
    title: '運用管理委託契約書',
    fileName: `contract-${customer}.pdf`,
    bytes: paper(`Contract with ${name.en}`),
    signedOn: since,
    until: null,
  }
  must(await customers.briefings.registerContract(customer, contract, by))
}

function systemOf({ code, system }: Client): string {
  return `${system.code}.${code}`
}

/** A little document, as good as any: only its bytes are kept. */
function paper(title: string): Uint8Array {
  return new TextEncoder().encode(`%PDF-1.4\n% ${title}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`)
}

/** Invited by mail; the fingerprint is held against the contract by two who did not invite. */
async function firstContact(stage: Stage, client: Client): Promise<void> {
  const { customers } = stage
  const { code: customer, trouble } = client
  const person = await enter(stage, client, 0, everything)
  const { contracts, contacts } = must(await customers.get(customer))
  const contract = contracts[0]?.id ?? ''
  const contact = contacts.find((one) => one.person.id === person)
  const fingerprint = contact?.keys[0]?.fingerprint ?? ''
  const act = { act: 'confirm-contract-key', customer, person, fingerprint, contract } as const
  await signOurs(stage, numbers.operations, 'control-owner', act)
  if (trouble === 'half-confirmed') return
  await signOurs(stage, numbers.securityLead, 'security-lead', act)
}

async function furtherContacts(stage: Stage, client: Client): Promise<void> {
  for (const at of client.contacts.keys()) {
    if (at === 0) continue
    const entitlement = at === 1 ? everything : ordinary
    const person = await enter(stage, client, at, entitlement)
    const { contacts } = must(await stage.customers.get(client.code))
    const contact = contacts.find((one) => one.person.id === person)
    const fingerprint = contact?.keys[0]?.fingerprint ?? ''
    await signTheirs(stage, client, 0, {
      act: 'countersign-contact',
      person,
      fingerprint,
      entitlement,
    })
  }
}

async function enter(
  stage: Stage,
  client: Client,
  at: number,
  entitlement: Entitlement,
): Promise<string> {
  const { customers, access, outbox, cast } = stage
  const [, name] = contactOf(client, at)
  const email = mailOf(client, at)
  const asked = { name, email, language: 'ja', entitlement } as const
  const by = cast.id(numbers.service)
  const { person } = must(await customers.contacts.invite(client.code, asked, by))
  const mails = await outbox.list()
  const mail = mails.find(
    ({ to, text }) => to === email && text?.includes('/invitations/') === true,
  )
  const token = /\/invitations\/([A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  const { options } = must(await access.doors.invitation(token))
  const credential = cast.guestPasskey(email).register(challengeIn(options))
  must(await access.doors.acceptInvitation(token, credential))
  return person
}

function contactOf(client: Client, at: number): readonly [string, string] {
  const contact = client.contacts[at]
  if (contact === undefined) throw new Error(`${client.code} has no contact ${at}`)
  return contact
}

function mailOf(client: Client, at: number): string {
  return `${contactOf(client, at)[0]}@${client.code}.example`
}

const told: readonly Topic[] = [
  'shared-responsibility',
  'cloud-security-policy',
  'production-work',
  'incident-response',
]

async function hold({ customers, cast, calendar }: Stage, client: Client, day: number) {
  const by = cast.id(numbers.service)
  const { code: customer } = client
  const { contacts } = must(await customers.get(customer))
  const file = { fileName: 'responsibility.pdf', bytes: paper('Who is responsible for what') }
  const material = must(await customers.briefings.keepMaterial(file))
  const heldOn = calendar.date(day)
  must(
    await customers.briefings.hold(
      customer,
      {
        title: '責任分界とクラウドのセキュリティ方針の説明会',
        topics: told.slice(),
        summary:
          'OS より下はクラウド事業者、OS とミドルウェアは当社、アプリケーションとデータはお客様の責任であることを、資料に沿って確認した。本番作業の承認の流れと、緊急時の連絡先も確認した。',
        materials: [material],
        heldOn,
        renewBy: monthsAfter(heldOn, 12),
        ours: [by, cast.id(numbers.operations)],
        theirs: contacts.filter(({ state }) => state === 'on-roster').map((one) => one.person.id),
        others: 1,
      },
      by,
    ),
  )
}

async function acknowledge(stage: Stage, client: Client): Promise<void> {
  const { briefings } = must(await stage.customers.get(client.code))
  const waiting = briefings.find(({ acknowledged }) => acknowledged.length === 0)
  if (waiting === undefined) return
  await signTheirs(stage, client, 0, { act: 'acknowledge-briefing', briefing: waiting.id })
}

const works = {
  restart: {
    title: { ja: '応答しない Web サービスの再起動', en: 'Restart a web service that hangs' },
    runbook:
      '# 応答しない Web サービスの再起動\n\n1. `systemctl status app` で状態を記録する\n2. `sudo systemctl restart app`\n3. 60 秒以内に `/health` が 200 を返すことを確かめる\n\n## 戻し方\n\n再起動しても応答しない場合は作業を中止し、緊急作業として連絡する。\n',
    parameters: [
      {
        kind: 'choice' as const,
        name: 'service',
        label: { ja: 'サービス', en: 'Service' },
        values: ['app', 'worker'],
      },
    ],
    source: 'zabbix: web.health',
    runs: 10,
  },
  cleanup: {
    title: { ja: 'ログ領域の空き容量の確保', en: 'Free space on the log volume' },
    runbook:
      '# ログ領域の空き容量の確保\n\n1. `df -h /var/log` を記録する\n2. `sudo find /var/log/app -name "*.gz" -mtime +DAYS -delete`\n3. 空きが 30 % 以上になったことを確かめる\n\n## 戻し方\n\n消したログは日次のバックアップから戻せる。\n',
    parameters: [
      {
        kind: 'integer' as const,
        name: 'days',
        label: { ja: '残す日数', en: 'Days to keep' },
        min: 14,
        max: 90,
      },
    ],
    source: 'zabbix: disk.free',
    runs: 4,
  },
} as const

async function agree(stage: Stage, client: Client, work: keyof typeof works): Promise<void> {
  const { id, version } = await draft(stage, client, work, null)
  const signer = client.contacts.length > 1 ? 1 : 0
  await signTheirs(stage, client, signer, { act: 'sign-agreement', agreement: id, version })
}

async function draft(
  { customers, cast, calendar, engine }: Stage,
  client: Client,
  work: keyof typeof works,
  known: { readonly id: string; readonly newest: number } | null,
) {
  const { title, runbook, parameters, source, runs } = works[work]
  const { systems } = must(await customers.get(client.code))
  const hosts = (systems[0]?.hosts ?? []).filter(({ production }) => production)
  const today = calendar.after(engine.now().slice(0, 10), 0)
  const document = {
    title,
    systems: [systemOf(client)],
    hosts: hosts.map(({ id }) => id),
    risk: 'normal' as const,
    parameters: parameters.map((one) =>
      one.kind === 'choice' ? { ...one, values: [...one.values] } : { ...one },
    ),
    trigger: { kind: 'monitor' as const, source },
    runLimit: { runs, days: 30 },
    expires: calendar.after(today, 364),
  }
  const given = { version: known?.newest ?? 0, runbook, document }
  const asked = known === null ? given : { ...given, agreement: known.id }
  return must(await customers.agreements.draft(client.code, asked, cast.id(numbers.service)))
}

/** Before the year is over new versions lie before the customer; one wants it otherwise. */
async function renew(stage: Stage, client: Client): Promise<void> {
  const { agreements } = must(await stage.customers.get(client.code))
  for (const known of agreements) {
    const work = known.title.en === works.restart.title.en ? 'restart' : 'cleanup'
    const { id, version } = await draft(stage, client, work, known)
    const signer = client.contacts.length > 1 ? 1 : 0
    if (client.trouble === 'declines' && work === 'cleanup') {
      const reason = '保存日数の下限を 30 日にしてください。監査で要るためです。'
      await signTheirs(stage, client, signer, {
        act: 'decline-agreement',
        agreement: id,
        version,
        reason,
      })
    } else {
      await signTheirs(stage, client, signer, { act: 'sign-agreement', agreement: id, version })
    }
  }
}

async function leave({ customers, cast }: Stage, client: Client): Promise<void> {
  const email = mailOf(client, 1)
  const { contacts } = must(await customers.get(client.code))
  const contact = contacts.find(({ person }) => person.email === email)
  const by = cast.id(numbers.service)
  must(await customers.contacts.remove(client.code, contact?.person.id ?? '', 'left', by))
}

async function signOurs(stage: Stage, number: string, role: Role, act: Act): Promise<void> {
  const { cast } = stage
  const signer = { person: cast.id(number), role }
  await sign(stage, signer, cast.passkey(number), act)
}

async function signTheirs(stage: Stage, client: Client, at: number, act: Act): Promise<void> {
  const { customers, cast } = stage
  const email = mailOf(client, at)
  const { contacts } = must(await customers.get(client.code))
  const person = contacts.find((one) => one.person.email === email)?.person.id ?? ''
  await sign(stage, { person, role: 'customer-contact' }, cast.guestPasskey(email), act)
}

async function sign(
  { signing }: Stage,
  signer: { readonly person: string; readonly role: Role },
  passkey: ReturnType<Stage['cast']['passkey']>,
  act: Act,
): Promise<void> {
  const { statement, options } = must(await signing.prepare(act, signer))
  const { id, response } = passkey.sign(challengeIn(options))
  const { authenticatorData, clientDataJSON, signature } = response
  const signed = { statement, credentialId: id, authenticatorData, clientDataJSON, signature }
  must(await signing.submit(signed, signer))
}
