import { z } from 'zod'
import { groups } from './audience.ts'

const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const day = z.iso.date()
const word = z.string().min(1).max(200)

/** Who somebody is. Encrypted as one under the person's own key; null once that is destroyed. */
const profile = z.strictObject({
  employeeNumber: word,
  name: word,
  email: z.string().min(3).max(320).nullable(),
  title: word.nullable(),
  department: word.nullable(),
})
export type Profile = z.infer<typeof profile>

/**
 * What the roster says of a person. Days, groups and the manager's id stay readable when the person
 * is erased: who had to do what on a past day must come out the same, without saying who it was.
 */
const listing = {
  profile: profile.nullable(),
  manager: person.nullable(),
  groups: z.array(z.enum(groups)).max(groups.length),
  startDate: day,
  endDate: day.nullable(),
}

/**
 * Where in which file it stands. Only the file's digest is kept: the file itself names people in the
 * clear and could never be erased.
 */
const origin = { file: sha256, row: z.int().min(1) }

export const fields = [
  'employeeNumber',
  'name',
  'email',
  'title',
  'department',
  'manager',
  'groups',
  'startDate',
  'endDate',
] as const
export type Field = (typeof fields)[number]

/** Which fields differ from what was known before; what they were stands in earlier entries. */
const differing = { changed: z.array(z.enum(fields)).min(1).max(fields.length) }

/** A list was read whole and confirmed by whoever the entry is by; the entries after it are its effect. */
const imported = z.strictObject({
  type: z.literal('people.imported.v1'),
  file: sha256,
  /** Of the preview that was confirmed. */
  digest: sha256,
  rows: z.int().min(1),
  unchanged: z.int().min(0),
  joiners: z.int().min(0),
  movers: z.int().min(0),
  leavers: z.int().min(0),
  returners: z.int().min(0),
  corrections: z.int().min(0),
  unlisted: z.int().min(0),
})

const joined = z.strictObject({
  type: z.literal('people.joined.v1'),
  person,
  ...origin,
  ...listing,
})

/** Moved (department, title, manager, groups), or was written wrongly before. */
const changed = z.strictObject({
  type: z.literal('people.changed.v1'),
  person,
  kind: z.enum(['mover', 'correction']),
  ...origin,
  ...differing,
  ...listing,
})

const left = z.strictObject({
  type: z.literal('people.left.v1'),
  person,
  ...origin,
  ...differing,
  ...listing,
  endDate: day,
})

const returned = z.strictObject({
  type: z.literal('people.returned.v1'),
  person,
  ...origin,
  ...differing,
  ...listing,
})

/** The list no longer names a person of whom nobody said that they leave. */
const unlisted = z.strictObject({ type: z.literal('people.unlisted.v1'), person, file: sha256 })

/** The list names the person again, as before. */
const relisted = z.strictObject({
  type: z.literal('people.relisted.v1'),
  person,
  ...origin,
})

/** The person's key was destroyed: nothing personal of theirs can be read any more. */
const erased = z.strictObject({
  type: z.literal('people.erased.v1'),
  person,
  /** Why, a blob: it may speak of the person, and strangers read the ledger. */
  reason: sha256,
})

export const peopleEvent = z.discriminatedUnion('type', [
  imported,
  joined,
  changed,
  left,
  returned,
  unlisted,
  relisted,
  erased,
])
export type PeopleEvent = z.infer<typeof peopleEvent>
export type Counts = Pick<
  z.infer<typeof imported>,
  'joiners' | 'movers' | 'leavers' | 'returners' | 'corrections' | 'unlisted'
>

const encrypted = { subject: 'person', fields: ['profile'] }

/** Where these events hold personal data: encrypted under the key of that person. */
export const peoplePersonal = {
  'people.joined.v1': encrypted,
  'people.changed.v1': encrypted,
  'people.left.v1': encrypted,
  'people.returned.v1': encrypted,
}

/** Events that destroy the key of the person in that field. */
export const peopleErases = { 'people.erased.v1': 'person' } as const
