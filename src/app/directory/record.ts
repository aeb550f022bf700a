import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import { keptAccount, keptGroup, passwordPolicy } from '../../domain/directory/facts.ts'
import type { FailureCode } from '../../domain/directory/failures.ts'
import type { Engine, Handled, Meta } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import { compareShown, isShrunk, type KnownBefore } from './comparison.ts'
import type { DirectorySighting } from './connector.ts'
import type { DirectoryHandle } from './room.ts'

export type Recorded = Handled & {
  readonly host: null
  /** How many accounts are new or differ. */
  readonly news: number
  readonly failure: { readonly code: FailureCode; readonly message: string } | null
}

const compress = promisify(gzip)
const DETAIL_CHARACTERS_MAX = 1_000

/**
 * Records what was seen. First the bytes are durable, then the entry names them. When too much is
 * missing at once that is a failure: what was known stays, until somebody says that it is truly gone.
 */
export async function record(
  needs: { readonly engine: Engine; readonly room: DirectoryHandle; readonly blobs: Blobs },
  source: string,
  sighting: DirectorySighting,
  meta: Meta & { readonly lossAccepted?: boolean },
): Promise<Recorded | Refused> {
  const { engine, room, blobs } = needs
  const { startedAt, endedAt } = sighting
  const { lossAccepted = false, ...by } = meta
  const fail = async (code: FailureCode, detail: string): Promise<Recorded | Refused> => {
    const message = detail.toWellFormed().slice(0, DETAIL_CHARACTERS_MAX)
    const detailSha256 = message === '' ? null : await blobs.put(bytesOf(message))
    const done = await room.handle(
      { type: 'record-failure', source, startedAt, endedAt, code, detailSha256 },
      by,
    )
    return isRefused(done) ? done : { ...done, host: null, news: 0, failure: { code, message } }
  }
  if (sighting.outcome === 'failed') return await fail(sighting.code, sighting.detail)
  const views = await engine.views()
  const { before, previous } = await knownBefore(views, source)
  const { shown } = sighting
  const difference = compareShown(shown, before, endedAt)
  const { changes, added } = difference
  if (isShrunk(difference, before) && !lossAccepted) {
    return await fail('directory-shrunk', `${before.accounts.size} → ${shown.accounts.length}`)
  }
  const gone = changes.gone.length
  const done = await room.handle(
    {
      type: 'record-observation',
      source,
      startedAt,
      endedAt,
      reading: shown.reading,
      rawSha256: await blobs.put(await compress(sighting.raw)),
      changesSha256: await blobs.put(bytesOf(canonicalJson(changes))),
      previous,
      cursor: shown.cursor,
      accounts: before.accounts.size + added - gone,
      groups: shown.groups.length,
      added,
      changed: changes.accounts.length - added,
      gone,
      lossAccepted,
    },
    by,
  )
  return isRefused(done)
    ? done
    : { ...done, host: null, news: changes.accounts.length, failure: null }
}

/** Everything that is known of a source, as its last observation left it. */
export async function knownBefore(
  views: Views,
  source: string,
): Promise<{ readonly before: KnownBefore; readonly previous: string | null }> {
  const [row] = await views.rows(
    z.object({ previous: z.string().nullable() }),
    'select previous from directory_sources where source = $1',
    [source],
  )
  const accounts = await views.rows(
    z.object({ facts: keptAccount }),
    `select facts from directory_accounts where source = $1 and state <> 'gone'`,
    [source],
  )
  const members = await membersOf(views, source)
  const groups = await views.rows(
    z.object({ facts: keptGroup.omit({ members: true }) }),
    'select facts from directory_groups where source = $1',
    [source],
  )
  const policies = await views.rows(passwordPolicy, policyFacts, [source])
  return {
    previous: row?.previous ?? null,
    before: {
      accounts: new Map(accounts.map(({ facts }) => [facts.id, facts])),
      groups: new Map(
        groups.map(({ facts }) => [facts.id, { ...facts, members: members.get(facts.id) ?? [] }]),
      ),
      policies,
    },
  }
}

async function membersOf(
  views: Views,
  source: string,
): Promise<ReadonlyMap<string, [string, string][]>> {
  const rows = await views.rows(
    z.object({ grp: z.string(), member: z.string(), since: z.string() }),
    `select grp, member, since from directory_members where source = $1
      order by grp, member collate "C"`,
    [source],
  )
  const found = new Map<string, [string, string][]>()
  for (const { grp, member, since } of rows) {
    const list = found.get(grp)
    if (list === undefined) found.set(grp, [[member, since]])
    else list.push([member, since])
  }
  return found
}

const policyFacts = `
  select policy as id, name, precedence, min_length as "minLength", history, complexity, reversible,
         max_age_days as "maxAgeDays", min_age_days as "minAgeDays", lock_after as "lockAfter",
         lock_minutes as "lockMinutes", window_minutes as "windowMinutes",
         applies_to as "appliesTo", readable
    from directory_password_policies where source = $1
   order by precedence nulls first, policy collate "C"`

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
