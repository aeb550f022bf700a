import { refuse, type Decider, type Refused } from '../decider.ts'
import type { Counts, Field, PeopleEvent, Profile } from './events.ts'

type Joined = Extract<PeopleEvent, { type: 'people.joined.v1' }>

/** What the roster says of one person. */
export type Listing = Profile & Pick<Joined, 'manager' | 'groups' | 'startDate' | 'endDate'>

/** One person's change as an import makes it. */
type Entered = {
  readonly person: string
  readonly file: string
  readonly row: number
  readonly listing: Listing
}

export type PeopleCommand =
  | {
      readonly type: 'import'
      readonly file: string
      readonly digest: string
      readonly rows: number
      readonly unchanged: number
      readonly counts: Counts
      /** How many imports the preview had seen. */
      readonly after: number
    }
  | ({ readonly type: 'join' } & Entered)
  | ({
      readonly type: 'change'
      readonly kind: 'mover' | 'correction' | 'leaver' | 'returner'
      readonly changed: readonly Field[]
    } & Entered)
  | { readonly type: 'unlist'; readonly person: string; readonly file: string }
  | {
      readonly type: 'relist'
      readonly person: string
      readonly file: string
      readonly row: number
    }
  | {
      readonly type: 'erase'
      readonly person: string
      /** SHA-256 of the reason, which is kept as a blob. */
      readonly reason: string
      /** Today, in the organisation's zone. */
      readonly today: string
    }

/** A stream is the list of imports, or one person; both begin absent. */
export type People =
  | { readonly state: 'absent' }
  | { readonly state: 'roster'; readonly imports: number }
  | { readonly state: 'listed'; readonly endDate: string | null; readonly isNamed: boolean }
  | { readonly state: 'erased' }

export type PeopleRefusal =
  | 'roster-changed'
  | 'person-listed-already'
  | 'person-not-listed'
  | 'person-erased'
  | 'person-still-employed'

/** The roster: who is here, under whom, from when to when. Only whole, confirmed lists change it. */
export const people: Decider<PeopleCommand, People, PeopleEvent, PeopleRefusal> = {
  initial: { state: 'absent' },
  decide(command, now) {
    switch (command.type) {
      case 'import': {
        const imports = now.state === 'roster' ? now.imports : 0
        if (imports !== command.after) return refuse('roster-changed')
        const { file, digest, rows, unchanged, counts } = command
        return [{ type: 'people.imported.v1', file, digest, rows, unchanged, ...counts }]
      }
      case 'join': {
        if (now.state === 'erased') return refuse('person-erased', command.person)
        if (now.state !== 'absent') return refuse('person-listed-already', command.person)
        const { person, file, row, listing } = command
        return [{ type: 'people.joined.v1', person, file, row, ...entered(listing) }]
      }
      case 'change':
        return isListed(now, command.person) ?? [changeOf(command)]
      case 'unlist': {
        const { person, file } = command
        return isListed(now, person) ?? [{ type: 'people.unlisted.v1', person, file }]
      }
      case 'relist': {
        const { person, file, row } = command
        return isListed(now, person) ?? [{ type: 'people.relisted.v1', person, file, row }]
      }
      case 'erase':
        return erase(command, now)
    }
  },
  evolve(now, event) {
    switch (event.type) {
      case 'people.imported.v1':
        return { state: 'roster', imports: now.state === 'roster' ? now.imports + 1 : 1 }
      case 'people.joined.v1':
      case 'people.changed.v1':
      case 'people.left.v1':
      case 'people.returned.v1':
        return { state: 'listed', endDate: event.endDate, isNamed: true }
      case 'people.unlisted.v1':
        return now.state === 'listed' ? { ...now, isNamed: false } : now
      case 'people.relisted.v1':
        return now.state === 'listed' ? { ...now, isNamed: true } : now
      case 'people.erased.v1':
        return { state: 'erased' }
    }
  },
}

/** Null when the person is on the roster. */
function isListed(now: People, person: string): Refused<PeopleRefusal> | null {
  if (now.state === 'listed') return null
  return refuse(now.state === 'erased' ? 'person-erased' : 'person-not-listed', person)
}

function changeOf(command: Extract<PeopleCommand, { type: 'change' }>): PeopleEvent {
  const { person, file, row, listing, kind } = command
  const entry = { person, file, row, changed: [...command.changed], ...entered(listing) }
  switch (kind) {
    case 'mover':
    case 'correction':
      return { type: 'people.changed.v1', kind, ...entry }
    case 'returner':
      return { type: 'people.returned.v1', ...entry }
    case 'leaver':
      if (listing.endDate === null) throw new Error('a leaver without an end date')
      return { type: 'people.left.v1', ...entry, endDate: listing.endDate }
  }
}

/** As entries hold it: who somebody is apart from what stays readable. */
function entered(listing: Listing) {
  const { manager, groups, startDate, endDate, ...profile } = listing
  return { profile, manager, groups, startDate, endDate }
}

/** Somebody who is still here cannot be erased: who has access must be known by name. */
function erase(
  { person, reason, today }: Extract<PeopleCommand, { type: 'erase' }>,
  now: People,
): readonly PeopleEvent[] | Refused<PeopleRefusal> {
  switch (now.state) {
    case 'erased':
      return []
    case 'roster':
      return refuse('person-not-listed', person)
    case 'listed':
      if (now.endDate === null || now.endDate >= today) {
        return refuse('person-still-employed', person)
      }
      break
    case 'absent':
  }
  return [{ type: 'people.erased.v1', person, reason }]
}
