import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { groups } from '../../domain/people/audience.ts'
import type { Listing } from '../../domain/people/people.ts'
import {
  compareRoster,
  type Change,
  type ChangeKind,
  type Listed,
} from '../../domain/people/roster.ts'
import type { Views } from '../ports.ts'
import { readRoster, type RosterFile } from './roster-file.ts'

/** A file held against the roster as it is now. */
export type Compared = {
  readonly file: RosterFile
  readonly sha256: string
  readonly changes: readonly Change[]
  readonly unchanged: number
  readonly counts: Readonly<Record<ChangeKind, number>>
  /** Names the file, the roster it was held against, and everything that would change. */
  readonly digest: string
  /** How many imports there were. */
  readonly after: number
  /** People who have an id already; all others are made up anew by each comparison. */
  readonly known: ReadonlySet<string>
  /** Numbers of people, for showing managers. */
  readonly numbers: ReadonlyMap<string, string>
}

/** Reads a file and says what confirming it would do; refuses it with everything that is wrong. */
export async function compareFile(
  bytes: Uint8Array,
  views: Views,
  newPerson: () => string,
): Promise<Compared | Refused> {
  const file = readRoster(bytes)
  if (isRefused(file)) return file
  if (file.rows.length === 0 && file.problems.none) return refuse('file-empty')
  const [roster, outsiders, after] = await Promise.all([
    rosterOf(views),
    views.rows(outsider, outsideRoster),
    importsOf(views),
  ])
  const comparison = compareRoster(file.rows, roster, outsiders, newPerson, file.report)
  if (!file.problems.none) return file.problems.refusal()
  const { changes, unchanged } = comparison
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const known = new Set([...roster, ...outsiders].map(({ person }) => person))
  return {
    file,
    sha256,
    changes,
    unchanged,
    counts: countsOf(changes),
    digest: digestOf(sha256, after, changes, known),
    after,
    known,
    numbers: new Map([
      ...roster.map(({ person, listing }) => [person, listing.employeeNumber] as const),
      ...changes.map(({ person, after }) => [person, after.employeeNumber] as const),
    ]),
  }
}

const outsider = z.object({ person: z.string(), email: z.string() })
const outsideRoster = `
  select q.person, q.email
    from persons q
    left join people p on p.person = q.person
   where p.person is null and not q.erased and q.email is not null`

const listedRow = z
  .object({
    person: z.string(),
    employeeNumber: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    department: z.string().nullable(),
    manager: z.string().nullable(),
    groups: z.array(z.enum(groups)),
    startDate: z.string(),
    endDate: z.string().nullable(),
    isNamed: z.boolean(),
  })
  .transform(({ person, isNamed, ...listing }): Listed => ({ person, isNamed, listing }))

export function rosterOf(views: Views): Promise<Listed[]> {
  return views.rows(
    listedRow,
    `select p.person, p.employee_number as "employeeNumber", q.name, q.email, p.title,
            p.department, p.manager, p.groups, p.start_date as "startDate",
            p.end_date as "endDate", p.is_named as "isNamed"
       from people p
       join persons q on q.person = p.person
      where p.employee_number is not null
      order by p.employee_number, p.person`,
  )
}

async function importsOf(views: Views): Promise<number> {
  const [found] = await views.rows(
    z.object({ count: z.int() }),
    'select count(*) as count from roster_imports',
  )
  return found?.count ?? 0
}

function countsOf(changes: readonly Change[]): Record<ChangeKind, number> {
  const counts = { joiner: 0, mover: 0, leaver: 0, returner: 0, correction: 0, unlisted: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return counts
}

/** New people have no id before they are confirmed, so theirs is left out. */
function digestOf(
  sha256: string,
  after: number,
  changes: readonly Change[],
  known: ReadonlySet<string>,
): string {
  const hash = createHash('sha256').update(`arinomama roster preview v1\n${sha256}\n${after}\n`)
  for (const { kind, row, person, before, changed } of changes) {
    const what = [kind, row, known.has(person) ? person : null, changed.join(), listed(before)]
    hash.update(`${JSON.stringify(what)}\n`)
  }
  return hash.digest('hex')
}

function listed(before: Listing | null): unknown {
  return before === null ? null : [before.employeeNumber, before.name, before.endDate]
}
