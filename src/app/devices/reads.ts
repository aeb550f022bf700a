import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import type {
  getHost,
  getRun,
  listHosts,
  listObservations,
  listSources,
} from '../../contract/devices.ts'
import type { Output } from '../../contract/route.ts'
import type { Text } from '../../domain/decider.ts'
import { areas, areaTitles, type Area } from '../../domain/devices/areas.ts'
import { failureTexts } from '../../domain/devices/failures.ts'
import { devicesRefusals } from '../../domain/devices/refusals.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import type { Engine } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import { hostOne, hostRows } from './host-reads.ts'
import type { Run, Runs } from './runs.ts'
import { schedule } from './schedule.ts'

export type DeviceReads = {
  readonly sources: (asOf?: string) => Promise<Output<typeof listSources>>
  readonly observations: (
    source: string,
    asOf?: string,
  ) => Promise<Output<typeof listObservations> | Refused>
  readonly hosts: (asOf?: string) => Promise<Output<typeof listHosts>>
  readonly host: (host: string, asOf?: string) => Promise<Output<typeof getHost> | Refused>
  /** The machine's answer of that time, byte for byte. */
  readonly answer: (source: string, seq: number) => Promise<Answer | Refused>
  readonly runShown: (id: string) => Output<typeof getRun> | Refused
}

type Answer = {
  readonly bytes: Uint8Array
  /** Neutral: nothing opens in the browser, whatever a machine has sent. */
  readonly mediaType: 'application/octet-stream'
  readonly fileName: string
}

const OBSERVATIONS_MAX = 1_000

export function deviceReads(engine: Engine, blobs: Blobs, runs: Runs): DeviceReads {
  return {
    sources: async (asOf) => sourceRows(await engine.views(asOf), asOf === undefined ? runs : null),
    observations: async (source, asOf) => observationRows(await engine.views(asOf), source),
    hosts: async (asOf) => hostRows(await engine.views(asOf)),
    host: async (host, asOf) =>
      (await hostOne(await engine.views(asOf), host)) ?? refuse('host-unknown', host),
    answer: async (source, seq) => answerOf(await engine.views(), blobs, source, seq),
    runShown(id) {
      const run = runs.find(id)
      return run === undefined ? refuse('run-unknown', id) : shownRun(run)
    },
  }
}

type Failure = { code: string; explanation: Text; message: string }

/** What went wrong, in words; a code that a later version knows explains itself by its name. */
function failureOf(code: string, message: string): Failure {
  const texts: Readonly<Record<string, Text>> = { ...devicesRefusals, ...failureTexts }
  const internal = {
    ja: '観測中に予期しないエラーが起きました。サーバーのログを確かめてください。',
    en: 'An unexpected error stopped the observation. Look at the log of the server.',
  }
  return { code, explanation: texts[code] ?? internal, message }
}

const who = z.object({ id: z.string(), name: z.string().nullable() })

const sourceRow = z.object({
  id: z.string(),
  connector: z.literal('this-host'),
  name: z.string(),
  kind: z.enum(['local', 'ssh']),
  target: z.string(),
  everyHours: z.number(),
  state: z.enum(['active', 'removed']),
  addedAt: z.string(),
  addedBy: who,
  removal: z.object({ reason: z.string(), by: who, at: z.string() }).nullable(),
  host: z.object({ id: z.string(), hostname: z.string() }).nullable(),
  lastSuccessAt: z.string().nullable(),
  failure: z.object({ code: z.string(), message: z.string(), at: z.string() }).nullable(),
  failuresInARow: z.number(),
})

/** `null` where runs and the schedule mean nothing: on a past day. */
async function sourceRows(views: Views, runs: Runs | null): Promise<Output<typeof listSources>> {
  const rows = await views.rows(
    sourceRow,
    `select s.source as id, s.connector, s.name, s.kind, s.every_hours as "everyHours", s.state,
            case s.kind when 'local' then ''
              else concat(s.target->>'user', '@', s.target->>'host', ':', s.target->>'port')
            end as target,
            s.added_at as "addedAt",
            json_build_object('id', s.added_by, 'name', adder.name) as "addedBy",
            case when s.removed_by is not null then json_build_object(
              'reason', s.removed_reason, 'at', ${iso('s.removed_at')},
              'by', json_build_object('id', s.removed_by, 'name', remover.name)) end as removal,
            case when h.host is not null then
              json_build_object('id', h.host, 'hostname', h.hostname) end as host,
            s.last_success_at as "lastSuccessAt",
            case when s.last_failure_at is not null then json_build_object(
              'code', s.last_failure_code, 'message', s.last_failure_message,
              'at', ${iso('s.last_failure_at')}) end as failure,
            (select count(*)::int from observations o
              where o.source = s.source and o.outcome = 'failed'
                and (s.last_success_at is null or o.ended_at > s.last_success_at)
            ) as "failuresInARow"
       from sources s
       left join hosts h on h.host = s.host
       left join persons adder on adder.person = s.added_by
       left join persons remover on remover.person = s.removed_by
      order by s.state, s.name, s.source`,
  )
  const due = new Map(
    runs === null ? [] : (await schedule(views)).map(({ source, at }) => [source, at]),
  )
  return rows.map(({ failure, ...row }) => ({
    ...row,
    lastFailure:
      failure === null ? null : { ...failureOf(failure.code, failure.message), at: failure.at },
    nextAt: due.get(row.id) ?? null,
    running: runs?.ofSource(row.id)?.id ?? null,
  }))
}

/** An instant within JSON, in the form that instants have everywhere. */
function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

const observationRow = z.object({
  seq: z.number(),
  at: z.string(),
  outcome: z.enum(['observed', 'failed']),
  host: z.string().nullable(),
  facts: z.number(),
  unreadable: z.number(),
  changed: z.array(z.string()),
  rawSha256: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  by: who,
})

async function observationRows(
  views: Views,
  source: string,
): Promise<Output<typeof listObservations> | Refused> {
  const [known] = await views.rows(
    z.object({ source: z.string() }),
    'select source from sources where source = $1',
    [source],
  )
  if (known === undefined) return refuse('source-unknown', source)
  const rows = await views.rows(
    observationRow,
    `select o.seq, o.ended_at as at, o.outcome, o.host, o.facts, o.unreadable, o.changed,
            o.raw_sha256 as "rawSha256", o.code, o.message,
            json_build_object('id', o.observed_by, 'name', p.name) as by
       from observations o
       left join persons p on p.person = o.observed_by
      where o.source = $1
      order by o.seq desc
      limit ${OBSERVATIONS_MAX}`,
    [source],
  )
  return rows.map(({ code, message, changed, ...row }) => ({
    ...row,
    changed: changed.filter(isArea).map((area) => areaTitles[area]),
    failure: code === null ? null : failureOf(code, message ?? ''),
  }))
}

const expand = promisify(gunzip)
/** More than any connector keeps. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024

async function answerOf(
  views: Views,
  blobs: Blobs,
  source: string,
  seq: number,
): Promise<Answer | Refused> {
  const [row] = await views.rows(
    z.object({ raw: z.string().nullable() }),
    'select raw_sha256 as raw from observations where source = $1 and seq = $2',
    [source, seq],
  )
  if (row === undefined) return refuse('observation-unknown', String(seq))
  if (row.raw === null) return refuse('answer-unknown', String(seq))
  const bytes = await expand(await blobs.get(row.raw), { maxOutputLength: ANSWER_BYTES_MAX })
  const fileName = `observation-${seq}.txt`
  return { bytes, mediaType: 'application/octet-stream', fileName }
}

function isArea(name: string): name is Area {
  return areas.some((area) => area === name)
}

function shownRun({ outcome, progress, ...run }: Run): Output<typeof getRun> {
  const { step, done, of } = progress
  return {
    ...run,
    state: outcome.state,
    step,
    done,
    of,
    failure: outcome.state === 'failed' ? failureOf(outcome.code, outcome.message) : null,
    seq: outcome.state === 'running' ? null : outcome.seq,
    host: outcome.state === 'succeeded' ? outcome.host : null,
  }
}
