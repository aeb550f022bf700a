import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Use } from '../../domain/directory/events.ts'
import {
  parseTarget,
  target,
  type DirectoryTarget,
  type Target,
} from '../../domain/directory/target.ts'
import { createRuns, type Run } from '../devices/runs.ts'
import type { Engine, Handled, Meta } from '../engine/engine.ts'
import type { Blobs, Clock, Job, Views } from '../ports.ts'
import type { DirectoryConnector, DirectorySighting, Known, Secrets } from './connector.ts'
import { linkAll, linkingMark } from './linking.ts'
import { readList, type ListFile } from './list-file.ts'
import { directoryReads, type DirectoryReads } from './reads.ts'
import { knownBefore, record, type Recorded } from './record.ts'
import { directoryRoom, type DirectoryHandle } from './room.ts'
import { directorySchedule } from './schedule.ts'

type NewTarget = (DirectoryTarget & { readonly password: string }) | { readonly kind: 'list' }

type NewSource = {
  readonly name: string
  readonly target: NewTarget
  readonly everyHours: number
}

type Assignment = {
  readonly account: string
  readonly use: Use
  readonly person: string | null
  readonly reason: string
}

type Look = { readonly full: boolean; readonly lossAccepted: boolean }

export type DirectoryCases = DirectoryReads & {
  readonly addSource: (
    source: NewSource,
    by: string,
  ) => Promise<(Handled & { readonly id: string }) | Refused>
  readonly removeSource: (source: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly replaceSecret: (
    source: string,
    password: string,
    by: string,
  ) => Promise<Handled | Refused>
  /** Reads now; the run that is under way already when there is one. */
  readonly observe: (
    source: string,
    look: Look,
    by: string,
  ) => Promise<{ readonly run: string } | Refused>
  readonly importList: (
    source: string,
    bytes: Uint8Array,
    lossAccepted: boolean,
    by: string,
  ) => Promise<(Recorded & Pick<ListFile, 'read' | 'ignored'> & { accounts: number }) | Refused>
  readonly assign: (assignment: Assignment, by: string) => Promise<Handled | Refused>
  readonly reviewRights: (person: string, reason: string, by: string) => Promise<Handled | Refused>
  /** Records what somebody saw who looked elsewhere: the demonstration does. */
  readonly record: (
    source: string,
    sighting: DirectorySighting,
    meta: Meta,
  ) => Promise<Recorded | Refused>
  /** Links what the rules can link; the number of accounts. */
  readonly link: () => Promise<number>
  readonly jobs: readonly Job[]
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

type DirectoryNeeds = {
  readonly blobs: Blobs
  readonly clock: Clock
  readonly secrets: Secrets
  readonly connector: DirectoryConnector
  readonly onError?: (where: string, error: unknown) => void
}

const CONCURRENT_MAX = 2
const LOOK_EVERY_MS = 60_000
/** Deletions and memberships are certain after a full reading only. */
const FULL_EVERY_MS = 24 * 3_600_000

/** Accounts in directories and services, and whose they are. */
export function openDirectory(engine: Engine, needs: DirectoryNeeds): DirectoryCases {
  const room = engine.open(directoryRoom)
  const { blobs, clock, secrets, connector } = needs
  const ending = new AbortController()
  const runs = createRuns({ concurrentMax: CONCURRENT_MAX }, (source, error) => {
    if (!ending.signal.aborted) needs.onError?.(source, error)
  })
  const parts = { engine, room, blobs }
  const link = () => linkAll(parts, null)
  const keep = async (source: string, sighting: DirectorySighting, meta: Meta & Partial<Look>) => {
    const { full: _, ...rest } = meta
    const done = await record(parts, source, sighting, rest)
    if (!isRefused(done) && done.news > 0) await linkAll(parts, source)
    return done
  }
  const start = (source: string, at: DirectoryTarget, look: Look, meta: Meta): Run =>
    runs.start({ id: engine.newId('run'), source, startedAt: engine.now() }, async (progress) => {
      const views = await engine.views()
      const known = look.full ? null : await knownOf(views, source, clock.now())
      const password = (await secrets.get(secretName(source))) ?? ''
      const watch = { now: () => clock.now(), progress, signal: ending.signal }
      const sighting = await connector.observe({ target: at, password, known }, watch)
      return await keep(source, sighting, { ...meta, lossAccepted: look.lossAccepted })
    })
  return {
    ...directoryReads(engine, runs),
    ...sourceCases(engine, room, needs),
    async observe(source, look, by) {
      const at = await targetOf(await engine.views(), source)
      if ('refused' in at) return at
      if (at.kind === 'list') return refuse('directory-by-list', source)
      return { run: start(source, at, look, { by }).id }
    },
    async importList(source, bytes, lossAccepted, by) {
      const at = await targetOf(await engine.views(), source)
      if ('refused' in at) return at
      if (at.kind !== 'list') return refuse('directory-not-by-list', source)
      const file = readList(bytes)
      if (isRefused(file)) return file
      const now = engine.now()
      const span = { startedAt: now, endedAt: now, outcome: 'observed' } as const
      const { shown, read, ignored } = file
      const done = await keep(source, { ...span, shown, raw: bytes }, { by, lossAccepted })
      return isRefused(done) ? done : { ...done, read, ignored, accounts: shown.accounts.length }
    },
    assign: (assignment, by) => assign(engine, room, assignment, by),
    reviewRights: (person, reason, by) =>
      room.handle({ type: 'review-rights', person, reason }, { by }),
    record: (source, sighting, meta) => keep(source, sighting, meta),
    link,
    jobs: [observing(engine, clock, start), linking(engine, link)],
    idle: runs.idle,
    async close() {
      ending.abort(new Error('the program is ending'))
      await runs.idle()
    },
  }
}

/** Newcomers on the roster get the accounts that were there before them. */
function linking(engine: Engine, link: () => Promise<number>): Job {
  let seen = ''
  return {
    name: 'link-accounts',
    everyMs: LOOK_EVERY_MS,
    async run() {
      const mark = await linkingMark(engine)
      if (mark === seen) return
      await link()
      seen = mark
    },
  }
}

/** Reads every directory when it is due. */
function observing(
  engine: Engine,
  clock: Clock,
  start: (source: string, at: DirectoryTarget, look: Look, meta: Meta) => Run,
): Job {
  return {
    name: 'observe-directories',
    everyMs: LOOK_EVERY_MS,
    async run() {
      const views = await engine.views()
      const now = clock.now().toISOString()
      for (const { source, at, target: place } of await directorySchedule(views)) {
        if (at > now) return
        // Several nodes may find it due at once: the entry is written for the first of them.
        const command = `directory.observe:${source}:${at}`
        const look = { full: false, lossAccepted: false }
        start(source, place, look, { by: 'system:observer', command })
      }
    },
  }
}

function sourceCases(
  engine: Engine,
  room: DirectoryHandle,
  { blobs, secrets }: DirectoryNeeds,
): Pick<DirectoryCases, 'addSource' | 'removeSource' | 'replaceSecret'> {
  return {
    async addSource({ name, target: given, everyHours }, by) {
      const { place, password } = apart(given)
      const parsed = parseTarget(place)
      if ('refused' in parsed) return parsed
      const [same] = await (
        await engine.views()
      ).rows(
        z.object({ name: z.string() }),
        `select name from directory_sources where state = 'active' and name = $1`,
        [name],
      )
      if (same !== undefined) return refuse('directory-exists', same.name)
      const source = engine.newId('dir')
      const bytes = new TextEncoder().encode(canonicalJson(parsed))
      const targetSha256 = await blobs.put(bytes)
      if (password !== null) await secrets.put(secretName(source), password)
      const done = await room.handle(
        {
          type: 'add-source',
          source,
          name,
          connector: parsed.kind,
          targetSha256,
          everyHours: parsed.kind === 'list' ? null : everyHours,
        },
        { by },
      )
      return isRefused(done) ? done : { ...done, id: source }
    },
    async removeSource(source, reason, by) {
      const done = await room.handle({ type: 'remove-source', source, reason }, { by })
      if (!isRefused(done)) await secrets.remove(secretName(source))
      return done
    },
    async replaceSecret(source, password, by) {
      const at = await targetOf(await engine.views(), source)
      if ('refused' in at) return at
      if (at.kind === 'list') return refuse('directory-by-list', source)
      await secrets.put(secretName(source), password)
      return await room.handle({ type: 'replace-secret', source }, { by })
    },
  }
}

/** The password never goes where the rest goes. */
function apart(given: NewTarget): { place: Target; password: string | null } {
  if (given.kind === 'list') return { place: given, password: null }
  const { password, ...place } = given
  return { place, password }
}

function secretName(source: string): string {
  return source
}

async function targetOf(views: Views, source: string): Promise<Target | Refused> {
  const [row] = await views.rows(
    z.object({ state: z.string(), target }),
    'select state, target from directory_sources where source = $1',
    [source],
  )
  if (row === undefined) return refuse('directory-unknown', source)
  return row.state === 'active' ? row.target : refuse('directory-removed', source)
}

/** Null when everything is to be read: the first time, and a day after the last time. */
async function knownOf(views: Views, source: string, now: Date): Promise<Known | null> {
  const [row] = await views.rows(
    z.object({ cursor: z.string().nullable(), fullAt: z.string().nullable() }),
    'select cursor, last_full_at as "fullAt" from directory_sources where source = $1',
    [source],
  )
  if (row?.fullAt == null || now.getTime() - Date.parse(row.fullAt) > FULL_EVERY_MS) return null
  const { before } = await knownBefore(views, source)
  const all = [...before.accounts.values(), ...before.groups.values()]
  const accounts = [...before.accounts.values()]
  return {
    cursor: row.cursor,
    ids: new Map(all.map(({ dn, id }) => [(dn ?? '').toLowerCase(), id])),
    policies: new Map(
      accounts.flatMap(({ id, policy }) => (policy === null ? [] : [[id, policy]])),
    ),
    primaryGroups: new Map(
      accounts.flatMap(({ id, primaryGroup }) =>
        primaryGroup === null ? [] : [[id, primaryGroup]],
      ),
    ),
  }
}

async function assign(
  engine: Engine,
  room: DirectoryHandle,
  { account, use, person, reason }: Assignment,
  by: string,
): Promise<Handled | Refused> {
  const views = await engine.views()
  const [seen] = await views.rows(
    z.object({ source: z.string() }),
    'select source from directory_accounts where account = $1',
    [account],
  )
  if (seen === undefined) return refuse('directory-account-unknown', account)
  if (person !== null) {
    const known = await views.rows(
      z.object({ found: z.boolean() }),
      'select true as found from persons where person = $1 and not erased',
      [person],
    )
    if (known.length === 0) return refuse('directory-person-unknown', person)
  }
  const { source } = seen
  return await room.handle({ type: 'assign-account', source, account, use, person, reason }, { by })
}
