import { groupsByWords, type Group } from './audience.ts'
import { fields, type Field } from './events.ts'
import { managersOf } from './managers.ts'
import type { Listing } from './people.ts'
import type { RosterProblem } from './refusals.ts'

/** A row of a list, its cells read. What is undefined has no column: the list says nothing of it. */
export type RosterRow = {
  readonly row: number
  readonly employeeNumber: string
  readonly name: string
  readonly startDate: string
  readonly email: string | null | undefined
  readonly title: string | null | undefined
  readonly department: string | null | undefined
  /** The manager's employee number, address or name. */
  readonly manager: string | null | undefined
  /** Undefined: by the words of department and title. */
  readonly groups: readonly Group[] | undefined
  readonly endDate: string | null | undefined
}

/** A person of the roster as it was before the list. */
export type Listed = {
  readonly person: string
  readonly listing: Listing
  /** Whether the newest list named them. */
  readonly isNamed: boolean
}

/** Somebody with an account who is not on the roster yet. */
export type Outsider = { readonly person: string; readonly email: string }

export type ChangeKind = 'joiner' | 'mover' | 'leaver' | 'returner' | 'correction' | 'unlisted'

export type Change = {
  readonly kind: ChangeKind
  readonly person: string
  /** Null for people whom the list does not name. */
  readonly row: number | null
  readonly before: Listing | null
  readonly after: Listing
  readonly changed: readonly Field[]
  /** Whether the list names somebody again whom the one before did not. */
  readonly isNamedAgain: boolean
}

/** Where the problems of rows go; `value` is quoted in the problem's text. */
export type Report = (row: number, field: Field, code: RosterProblem, value?: string) => void

/** A row and the person it is about. */
export type Matched = {
  readonly row: RosterRow
  readonly person: string
  readonly before: Listed | null
}

export type Comparison = { readonly changes: readonly Change[]; readonly unchanged: number }

/**
 * Holds a list against the roster and says what is different. Rows belong to people by employee
 * number; else by address, so that a renumbered employee or an account's holder stays one person.
 * People whom the list leaves out are named as such: a short list makes nobody a leaver.
 */
export function compareRoster(
  rows: readonly RosterRow[],
  roster: readonly Listed[],
  outsiders: readonly Outsider[],
  newPerson: () => string,
  report: Report,
): Comparison {
  reportRows(rows, report)
  const matched = match(rows, roster, outsiders, newPerson)
  const managers = managersOf(matched, roster, report)
  const changes: Change[] = []
  let unchanged = 0
  for (const one of matched) {
    const change = changeOf(one, listingOf(one, managers.get(one.person) ?? null))
    if (change === null) unchanged += 1
    else changes.push(change)
  }
  const named = new Set(matched.map(({ person }) => person))
  for (const listed of roster) {
    if (!named.has(listed.person) && listed.isNamed && listed.listing.endDate === null) {
      changes.push(vanished(listed))
    }
  }
  return { changes, unchanged }
}

function reportRows(rows: readonly RosterRow[], report: Report): void {
  const numbers = new Map<string, number>()
  const addresses = new Map<string, number>()
  for (const { row, employeeNumber, email, startDate, endDate } of rows) {
    const twin = numbers.get(employeeNumber)
    if (twin === undefined) numbers.set(employeeNumber, row)
    else report(row, 'employeeNumber', 'employee-number-duplicate', String(twin))
    if (email !== null && email !== undefined) {
      const address = email.toLowerCase()
      const sharer = addresses.get(address)
      if (sharer === undefined) addresses.set(address, row)
      else report(row, 'email', 'email-duplicate', String(sharer))
    }
    if (endDate !== null && endDate !== undefined && endDate < startDate) {
      report(row, 'endDate', 'end-before-start', endDate)
    }
  }
}

function match(
  rows: readonly RosterRow[],
  roster: readonly Listed[],
  outsiders: readonly Outsider[],
  newPerson: () => string,
): Matched[] {
  const byNumber = new Map(roster.map((one) => [one.listing.employeeNumber, one]))
  const numbers = new Set(rows.map(({ employeeNumber }) => employeeNumber))
  // An address is given to somebody else after a while: that of a leaver names nobody.
  const byAddress = new Map(
    roster
      .filter(({ listing: { employeeNumber, endDate } }) => {
        return endDate === null && !numbers.has(employeeNumber ?? '')
      })
      .flatMap((one) => addressed(one.listing.email, one)),
  )
  const outside = new Map(outsiders.flatMap((one) => addressed(one.email, one.person)))
  return rows.map((row) => {
    const address = row.email?.toLowerCase() ?? ''
    const before = byNumber.get(row.employeeNumber) ?? byAddress.get(address) ?? null
    byAddress.delete(address)
    return { row, before, person: before?.person ?? outside.get(address) ?? newPerson() }
  })
}

function addressed<T>(email: string | null, value: T): [string, T][] {
  return email === null ? [] : [[email.toLowerCase(), value]]
}

/** What the roster says after the list; what the list has no column for stays. */
function listingOf({ row, before }: Matched, manager: string | null): Listing {
  const was = before?.listing
  const department = row.department === undefined ? (was?.department ?? null) : row.department
  const title = row.title === undefined ? (was?.title ?? null) : row.title
  return {
    employeeNumber: row.employeeNumber,
    name: row.name,
    email: row.email === undefined ? (was?.email ?? null) : row.email,
    title,
    department,
    manager,
    groups: [...(row.groups ?? groupsByWords(department, title))],
    startDate: row.startDate,
    endDate: row.endDate === undefined ? endAfter(row.startDate, was) : row.endDate,
  }
}

/** Where the list has no column for it: the known end, unless the person has started anew since. */
function endAfter(startDate: string, was: Listing | undefined): string | null {
  const known = was?.endDate ?? null
  return known !== null && known < startDate ? null : known
}

function changeOf({ row, person, before }: Matched, after: Listing): Change | null {
  const isNamedAgain = before !== null && !before.isNamed
  if (before === null) {
    const changed = fields.filter((field) => text(after, field) !== null)
    return { kind: 'joiner', person, row: row.row, before, after, changed, isNamedAgain }
  }
  const was = before.listing
  const changed = fields.filter((field) => text(was, field) !== text(after, field))
  if (changed.length === 0 && !isNamedAgain) return null
  const kind = kindOf(was, after, changed)
  return { kind, person, row: row.row, before: was, after, changed, isNamedAgain }
}

const moving: readonly Field[] = ['title', 'department', 'manager', 'groups']

function kindOf(was: Listing, after: Listing, changed: readonly Field[]): ChangeKind {
  if (was.endDate !== null && after.endDate === null) return 'returner'
  if (was.endDate !== null && after.startDate > was.endDate) return 'returner'
  if (was.endDate === null && after.endDate !== null) return 'leaver'
  return changed.some((field) => moving.includes(field)) ? 'mover' : 'correction'
}

function vanished({ person, listing }: Listed): Change {
  return {
    kind: 'unlisted',
    person,
    row: null,
    before: listing,
    after: listing,
    changed: [],
    isNamedAgain: false,
  }
}

/** A field as text, for comparing and showing. */
export function text(listing: Listing, field: Field): string | null {
  if (field === 'groups') return listing.groups.length === 0 ? null : listing.groups.join(' ')
  return listing[field]
}
