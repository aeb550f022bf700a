/**
 * People and their accounts: 2,000 people with 50,000 accounts in 30 services, linked and held
 * against every check; and, where Samba is installed, a real domain of 5,000 users, read in full and
 * then what has changed. Everything runs in temporary folders and nothing leaves the machine.
 *
 *   npm run bench:people
 *   npm run bench:people -- 10     # a tenth of it, to try it
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { DirectorySighting, Known } from '../src/app/directory/connector.ts'
import { activeDirectory } from '../src/connectors/active-directory/active-directory.ts'
import { isRefused, type Refused } from '../src/domain/decider.ts'
import { directoryChecks } from '../src/domain/directory/checks.ts'
import type { Account } from '../src/domain/directory/facts.ts'
import { serve, type Served } from '../src/main/serve.ts'
import { readSettings } from '../src/main/settings.ts'
import { base, noDomain, startDomain, userLdif } from '../test/directory/samba.ts'

const share = Number(process.argv[2] ?? 1)
const sourcesMax = 30
const peopleMax = Math.round(2_000 / share)
const accountsEach = Math.round(50_000 / share / sourcesMax)
const domainUsers = Math.round(5_000 / share)

const admin = 'per_00000000000000000000000001'
const say = (line: string) => void process.stdout.write(`${line}\n`)
const row = (what: string, reached: string, asked = '') =>
  say(`${what.padEnd(56)} ${reached.padStart(12)}   ${asked}`)
const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now()
  const value = await work()
  return { ms: performance.now() - startedAt, value }
}

function must<T extends object>(answer: T): Exclude<T, Refused>
function must(answer: object): object {
  if (isRefused(answer)) throw new Error(`refused: ${answer.refused}`)
  return answer
}

function accountOf(service: number, at: number, isFirst: boolean): Account {
  const person = at % peopleMax
  const used = `2026-0${1 + (at % 9)}-01T00:00:00.000Z`
  return {
    id: `${service}-${at}`,
    sid: null,
    login: `user${person}.${service}`,
    name: `Person ${person}`,
    email: `user${person}@example.jp`,
    employeeNumber: at < peopleMax ? `E${person}` : null,
    kind: at % 200 === 0 ? 'service' : 'user',
    enabled: at % 10 !== 0,
    createdAt: '2024-01-01T00:00:00.000Z',
    expiresAt: null,
    lastUsedAt: used,
    neverUsed: false,
    passwordSetAt: used,
    flags: at % 50 === 0 ? ['password-never-expires'] : [],
    mfa: at % 7 !== 0,
    policy: null,
    // One of a hundred differs at the second look.
    dn: !isFirst && at % 100 === 0 ? 'moved' : null,
    primaryGroup: null,
  }
}

function sighting(service: number, at: string, isFirst: boolean): DirectorySighting {
  const accounts = Array.from({ length: accountsEach }, (_, n) => accountOf(service, n, isFirst))
  const part = (from: number, to: number) => accounts.slice(from, to).map(({ id }) => id)
  const group = (name: string, members: string[], privileged = false) => ({
    id: name,
    sid: null,
    name,
    privileged,
    dn: null,
    foreign: 0,
    members: members.sort(),
  })
  const groups = [
    group('admins', ['leads', ...part(0, 5)], true),
    group('leads', part(5, 20)),
    group('everybody', part(0, accountsEach)),
  ]
  const rest = { policies: [], deleted: [], cursor: null }
  const shown = { reading: 'full', accounts, groups, ...rest } as const
  const raw = new TextEncoder().encode(`${service} ${at}`)
  return { outcome: 'observed', startedAt: at, endedAt: at, shown, raw }
}

function roster(): Uint8Array {
  const rows = Array.from({ length: peopleMax }, (_, at) => {
    const end = at % 20 === 0 ? '2026-03-31' : ''
    return `E${at},Person ${at},user${at}@example.jp,運用,,2020-04-01,${end}`
  })
  const header = '社員番号,氏名,メール,部署,上長,入社日,退職日'
  return new TextEncoder().encode([header, ...rows].join('\n'))
}

async function services({ house }: Served): Promise<void> {
  const { directory, people } = house.rooms
  const sources: string[] = []
  for (let n = 0; n < sourcesMax; n += 1) {
    const list = { name: `Service ${n}`, target: { kind: 'list' }, everyHours: 24 } as const
    sources.push(must(await directory.addSource(list, admin)).id)
  }
  const look = async (isFirst: boolean) => {
    const at = new Date().toISOString()
    for (const [n, source] of sources.entries()) {
      must(await directory.record(source, sighting(n, at, isFirst), { by: 'system:bench' }))
    }
  }
  const total = (accountsEach * sourcesMax).toLocaleString('en')
  const first = await timed(() => look(true))
  row(`${total} accounts recorded the first time`, ms(first.ms))
  const file = roster()
  const { digest } = must(await people.preview(file))
  must(await people.confirm(digest, file, admin))
  const linked = await timed(() => directory.link())
  const asked = share === 1 ? 'asked: < 5,000 ms' : ''
  row(`${linked.value.toLocaleString('en')} of them linked to people`, ms(linked.ms), asked)
  const again = await timed(() => look(false))
  row('all of them recorded again, 1 of 100 has changed', ms(again.ms))
  await judge(house)
}

async function judge({ engine }: Served['house']): Promise<void> {
  const views = await engine.views()
  const any = z.object({ subject: z.string() })
  let sumMs = 0
  let found = 0
  const each: string[] = []
  for (const { id, population, exceptions, unproven } of directoryChecks) {
    const one = await timed(async () => {
      const counted = (query: string) =>
        views.rows(z.object({ n: z.int() }), `select count(*) as n from (${query}) q`)
      await counted(population)
      found += (await views.rows(any, exceptions)).length
      if (unproven !== undefined) await counted(unproven)
    })
    sumMs += one.ms
    each.push(`${id} ${Math.round(one.ms)}`)
  }
  const asked = share === 1 ? 'asked: < 2,000 ms' : ''
  row(
    `${directoryChecks.length} checks, ${found.toLocaleString('en')} exceptions`,
    ms(sumMs),
    asked,
  )
  say(`  ${each.join(', ')}`)
}

async function domain(): Promise<void> {
  if (noDomain !== null) return say(`no domain: ${noDomain}`)
  const running = await startDomain(async ({ ldif }) => {
    const users = Array.from({ length: domainUsers }, (_, at) =>
      userLdif(`user${at}`, [`displayName: Person ${at}`, `employeeID: E${at}`]),
    )
    const groups = Array.from({ length: 20 }, (_, at) => {
      const members = Array.from({ length: 250 }, (_one, n) => at * 200 + n)
        .filter((n) => n < domainUsers)
        .map((n) => `member: CN=user${n},CN=Users,${base}\n`)
      // Each holds the one before it.
      const inner = at === 0 ? '' : `member: CN=group${at - 1},CN=Users,${base}\n`
      const head = `dn: CN=group${at},CN=Users,${base}\nobjectClass: group\n`
      return `${head}sAMAccountName: group${at}\n${inner}${members.join('')}\n`
    })
    await ldif('ldbadd', [...users, ...groups].join(''))
  })
  try {
    const watch = { now: () => new Date(), progress: () => {} }
    const look = async (known: Known | null) => {
      const { target, password } = running
      const seen = await timed(() => activeDirectory.observe({ target, password, known }, watch))
      if (seen.value.outcome === 'failed') throw new Error(seen.value.code)
      return { ms: seen.ms, shown: seen.value.shown }
    }
    const full = await look(null)
    const asked = share === 1 ? 'asked: < 5,000 ms' : ''
    row(`${full.shown.accounts.length} accounts of a Samba domain, in full`, ms(full.ms), asked)
    running.tool('user', 'disable', 'user1')
    const all = [...full.shown.accounts, ...full.shown.groups]
    const ids = new Map(all.map(({ dn, id }) => [(dn ?? '').toLowerCase(), id]))
    const none = { policies: new Map(), primaryGroups: new Map() }
    const next = await look({ cursor: full.shown.cursor, ids, ...none })
    row(`the ${next.shown.accounts.length} that has changed since`, ms(next.ms))
  } finally {
    await running.stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'arinomama-bench-'))
try {
  say(
    `load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  )
  await domain()
  const settings = readSettings({ ARINOMAMA_DATA: folder, PORT: '0' })
  const served = await serve({ settings, say, apiOnly: true })
  try {
    await services(served)
  } finally {
    await served.close()
  }
  row(
    'memory of this process, greatest',
    `${Math.round(process.resourceUsage().maxRSS / 1_024)} MiB`,
  )
  say(
    `load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
