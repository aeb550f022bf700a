import { z } from 'zod'
import type { getHost, listHosts } from '../../contract/devices.ts'
import type { Output } from '../../contract/route.ts'
import { areas, areaTitles, type Area } from '../../domain/devices/areas.ts'
import { deviceChecks } from '../../domain/devices/checks.ts'
import { readings, type Reading } from '../../domain/devices/facts.ts'
import { gap, gapText, type Gap } from '../../domain/devices/gaps.ts'
import type { Views } from '../ports.ts'
import { areaTable, type AreaTable } from './area-tables.ts'

type Host = Output<typeof getHost>
type ShownArea = Host['areas'][number]

const AREA_ROWS_MAX = 2_000

const hostFields = {
  id: z.string(),
  hostname: z.string(),
  state: z.enum(['active', 'retired']),
  os: z.string(),
  supportEnds: z.string().nullable(),
  source: z.string(),
  observedAt: z.string(),
  seq: z.number(),
  securityUpdates: z.number().nullable(),
  openPorts: z.number().nullable(),
  unreadable: z.number(),
  exceptions: z.number(),
}

/** An exception that somebody must still do something about; an acceptance ends with its day. */
const standing = `(state in ('open', 'answered')
                    or (state = 'accepted' and accepted_until < as_of_day()))`

/** A subject of a check about machines starts with the machine's id. */
const hostSelect = `
  select h.host as id, h.hostname, h.state, h.os_name as os, h.support_ends as "supportEnds",
         h.source, h.observed_at as "observedAt", h.seq, u.security as "securityUpdates",
         case when a.readable then
           (select count(distinct (s.protocol, s.port))::int
              from host_sockets s where s.host = h.host and s.open) end as "openPorts",
         h.unreadable, coalesce(e.open, 0) as exceptions`
const hostJoins = `
    from hosts h
    left join host_updates u on u.host = h.host
    left join host_areas a on a.host = h.host and a.area = 'sockets'
    left join (select split_part(subject, ':', 1) as host, count(*)::int as open
                 from exceptions where ${standing}
                group by 1) e on e.host = h.host`

export function hostRows(views: Views): Promise<Output<typeof listHosts>> {
  return views.rows(
    z.object(hostFields),
    `${hostSelect} ${hostJoins} order by h.state, h.hostname, h.host`,
  )
}

const hostRow = z.object({
  ...hostFields,
  kernel: z.string(),
  architecture: z.string(),
  virtualisation: z.string().nullable(),
  bootedAt: z.string().nullable(),
  observer: z.object({ account: z.string(), root: z.boolean() }),
  retirement: z.string().nullable(),
})

export async function hostOne(views: Views, host: string): Promise<Host | null> {
  const [row] = await views.rows(
    hostRow,
    `${hostSelect}, h.kernel, h.architecture, h.virtualisation, h.booted_at as "bootedAt",
            json_build_object('account', h.observer, 'root', h.observer_root) as observer,
            h.retired_reason as retirement
       ${hostJoins} where h.host = $1`,
    [host],
  )
  if (row === undefined) return null
  return {
    ...row,
    areas: await areasOf(views, host),
    accounts: await accountsOf(views, host),
    ports: await portsOf(views, host),
    exceptionRows: await exceptionsOf(views, host),
  }
}

async function areasOf(views: Views, host: string): Promise<ShownArea[]> {
  const rows = await views.rows(
    z.object({
      area: z.enum(areas),
      readable: z.boolean(),
      gaps: z.array(gap),
      facts: z.unknown(),
      seq: z.number(),
    }),
    'select area, readable, gaps, facts, seq from host_areas where host = $1',
    [host],
  )
  const byArea = new Map(rows.map((row) => [row.area, row]))
  return areas.flatMap((area): ShownArea[] => {
    const row = byArea.get(area)
    if (row === undefined) return []
    const { readable, gaps, facts, seq } = row
    const state = readable ? { state: 'read', gaps, facts } : { state: 'unreadable', gaps }
    return [shownArea(area, readings[area].parse(state), seq)]
  })
}

function shownArea<A extends Area>(area: A, reading: Reading<A>, seq: number): ShownArea {
  const [first, ...others] = reading.gaps
  const table = tableOf(area, reading)
  return {
    area,
    title: areaTitles[area],
    seq,
    columns: [...table.columns],
    rows: table.rows.slice(0, AREA_ROWS_MAX),
    total: table.rows.length,
    unreadable: reading.state === 'unreadable' && first !== undefined ? gapText(first) : null,
    gaps: (reading.state === 'unreadable' ? others : reading.gaps).map((one: Gap) => gapText(one)),
  }
}

function tableOf<A extends Area>(area: A, reading: Reading<A>): AreaTable {
  if (reading.state !== 'read') return { columns: [], rows: [] }
  return areaTable[area](reading.facts)
}

function accountsOf(views: Views, host: string): Promise<Host['accounts']> {
  return views.rows(
    z.object({
      account: z.string(),
      interactive: z.boolean(),
      owner: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
      reason: z.string().nullable(),
    }),
    `select a.account, a.interactive, o.reason,
            case when o.person is not null then
              json_build_object('id', o.person, 'name', p.name) end as owner
       from host_accounts a
       left join host_account_owners o on o.host = a.host and o.account_key = a.account_key
       left join persons p on p.person = o.person
      where a.host = $1
      order by a.interactive desc, a.uid, a.account`,
    [host],
  )
}

/** Open to the network, declared, or both. */
function portsOf(views: Views, host: string): Promise<Host['ports']> {
  return views.rows(
    z.object({
      protocol: z.string(),
      port: z.number(),
      open: z.boolean(),
      process: z.string().nullable(),
      allowed: z.boolean(),
      reason: z.string().nullable(),
    }),
    `with seen as (
       select protocol, port, max(process) as process from host_sockets
        where host = $1 and open group by protocol, port)
     select coalesce(seen.protocol, d.protocol) as protocol, coalesce(seen.port, d.port) as port,
            seen.port is not null as open, seen.process, coalesce(d.allowed, false) as allowed,
            d.reason
       from seen
       full join (select * from host_ports where host = $1) d
         on d.protocol = seen.protocol and d.port = seen.port
      where seen.port is not null or d.allowed
      order by 2, 1`,
    [host],
  )
}

async function exceptionsOf(views: Views, host: string): Promise<Host['exceptionRows']> {
  const rows = await views.rows(
    z.object({ id: z.string(), check: z.string(), reason: z.string() }),
    `select exception as id, check_id as check, reason from exceptions
      where split_part(subject, ':', 1) = $1 and ${standing}
      order by opened_at, exception`,
    [host],
  )
  const checks = new Map(deviceChecks.map((check) => [check.id, check]))
  return rows.map(({ id, check, reason }) => {
    const known = checks.get(check)
    const itself = { ja: reason, en: reason }
    return {
      id,
      check,
      title: known?.title ?? { ja: check, en: check },
      reason: known?.reasons[reason] ?? itself,
    }
  })
}
