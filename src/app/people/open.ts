import { z } from 'zod'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import { compareFile, rosterOf } from './comparison.ts'
import { lastImportAt, peopleList, personDetails, personOne, todayOf } from './reads.ts'
import type { PersonRow } from './reads.ts'
import { peopleRoom } from './room.ts'
import { commandsOf, previewOf } from './roster-changes.ts'
import { rosterCsv, type ExportLanguage } from './roster-export.ts'

type Details = Awaited<ReturnType<typeof personDetails>>

export type PeopleCases = {
  readonly list: (options: {
    readonly asOf?: string | undefined
    readonly state?: string | undefined
  }) => Promise<{ people: PersonRow[]; importedAt: string | null }>
  readonly get: (person: string, asOf?: string) => Promise<(PersonRow & Details) | Refused>
  /** Writes nothing. */
  readonly preview: (bytes: Uint8Array) => Promise<ReturnType<typeof previewOf> | Refused>
  readonly confirm: (
    digest: string,
    bytes: Uint8Array,
    by: string,
  ) => Promise<{ seq: number | null; recorded: number } | Refused>
  readonly export: (language: ExportLanguage, asOf?: string) => Promise<Uint8Array>
  readonly erase: (person: string, reason: string, by: string) => Promise<Handled | Refused>
}

/** The roster of the people who work here. */
export function openPeople(engine: Engine, needs: { readonly blobs: Blobs }): PeopleCases {
  const room = engine.open(peopleRoom)
  const newPerson = () => engine.newId('per')
  return {
    async list({ asOf, state }) {
      const views = await engine.views(asOf)
      const [people, importedAt] = await Promise.all([
        peopleList(views, state),
        lastImportAt(views),
      ])
      return { people, importedAt }
    },
    async get(person, asOf) {
      const views = await engine.views(asOf)
      const found = await personOne(views, person)
      if (found === null) return refuse('person-unknown', person)
      return { ...found, ...(await personDetails(views, person)) }
    },
    async preview(bytes) {
      // Newcomers get their ids when they are confirmed; until then any name will do.
      let newcomers = 0
      const nameless = () => `new:${(newcomers += 1)}`
      const compared = await compareFile(bytes, await engine.views(), nameless)
      return isRefused(compared) ? compared : previewOf(compared)
    },
    async confirm(digest, bytes, by) {
      const views = await engine.views()
      const before = await confirmed(views, digest)
      if (before !== null) return before
      const compared = await compareFile(bytes, views, newPerson)
      if (isRefused(compared)) return compared
      if (compared.digest !== digest) return refuse('roster-changed')
      const asks = commandsOf(compared).map((command) => room.ask(command))
      const done = await engine.transact(asks, { by, command: `people.import:${digest}` })
      return isRefused(done) ? done : { seq: done.last, recorded: compared.changes.length }
    },
    async export(language, asOf) {
      return rosterCsv(await rosterOf(await engine.views(asOf)), language)
    },
    async erase(person, reason, by) {
      const views = await engine.views()
      const found = await personOne(views, person)
      if (found === null) return refuse('person-unknown', person)
      const { account } = await personDetails(views, person)
      if (account !== null && account.state !== 'disabled') {
        return refuse('person-has-account', person)
      }
      const today = await todayOf(views)
      const text = new TextEncoder().encode(reason)
      const sha256 = await needs.blobs.put(text) // before the entry that names it
      return room.handle({ type: 'erase', person, reason: sha256, today }, { by })
    },
  }
}

/** A preview that was confirmed already is answered as it was then. */
async function confirmed(
  views: Views,
  digest: string,
): Promise<{ seq: number; recorded: number } | null> {
  const [found] = await views.rows(
    z.object({ seq: z.int(), recorded: z.int() }),
    `select seq, joiners + movers + leavers + returners + corrections + unlisted as recorded
       from roster_imports where digest = $1`,
    [digest],
  )
  return found === undefined ? null : { seq: found.seq + found.recorded, recorded: found.recorded }
}
