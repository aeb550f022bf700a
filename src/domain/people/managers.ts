import type { Listed, Matched, Report } from './roster.ts'

/** Who can be meant by what a list writes in the manager's column. */
class Directory {
  readonly #byNumber = new Map<string, string>()
  readonly #byAddress = new Map<string, string>()
  readonly #byName = new Map<string, string>()
  /** A second person for each name that is shared. */
  readonly #shared = new Map<string, string>()

  /** The first of a number or address counts: a second one is a problem of its own. */
  add(person: string, number: string | null, email: string | null, name: string | null): void {
    const address = email?.toLowerCase()
    if (number !== null && !this.#byNumber.has(number)) this.#byNumber.set(number, person)
    if (address !== undefined && !this.#byAddress.has(address)) this.#byAddress.set(address, person)
    if (name === null) return
    const bare = spaceless(name)
    if (this.#byName.has(bare)) this.#shared.set(bare, person)
    else this.#byName.set(bare, person)
  }

  /** Everybody who can be meant: nobody, one, or (by a name that is shared) more. */
  find(written: string): readonly string[] {
    const one =
      this.#byNumber.get(written.normalize('NFKC')) ?? this.#byAddress.get(written.toLowerCase())
    if (one !== undefined) return [one]
    const bare = spaceless(written)
    const named = this.#byName.get(bare)
    if (named === undefined) return []
    const other = this.#shared.get(bare)
    return other === undefined ? [named] : [named, other]
  }
}

/** The manager of every matched person; what cannot be is reported, and so is a circle. */
export function managersOf(
  matched: readonly Matched[],
  roster: readonly Listed[],
  report: Report,
): ReadonlyMap<string, string | null> {
  const rows = new Map(matched.map((one) => [one.person, one]))
  const directory = new Directory()
  const managers = new Map<string, string | null>()
  for (const { person, row, before } of matched) {
    const email = row.email === undefined ? (before?.listing.email ?? null) : row.email
    directory.add(person, row.employeeNumber, email, row.name)
  }
  for (const { person, listing } of roster) {
    if (rows.has(person)) continue
    directory.add(person, listing.employeeNumber, listing.email, listing.name)
    managers.set(person, listing.manager)
  }
  for (const one of matched) managers.set(one.person, managerOf(one, directory, report))
  for (const circle of circlesOf(managers)) {
    const numbers = circle.map((person) => rows.get(person)?.row.employeeNumber ?? '…')
    const chain = [...numbers, numbers[0]].join(' → ')
    for (const person of circle) {
      const row = rows.get(person)?.row.row
      if (row !== undefined) report(row, 'manager', 'manager-circle', chain)
    }
  }
  return managers
}

function managerOf(
  { row, person, before }: Matched,
  directory: Directory,
  report: Report,
): string | null {
  if (row.manager === undefined) return before?.listing.manager ?? null
  if (row.manager === null) return null
  const [manager, namesake] = directory.find(row.manager)
  if (manager === undefined) report(row.row, 'manager', 'manager-unknown', row.manager)
  else if (namesake !== undefined) report(row.row, 'manager', 'manager-ambiguous', row.manager)
  else if (manager === person) report(row.row, 'manager', 'manager-self', row.manager)
  else return manager
  return null
}

/** Follows everybody upwards once; whoever is met again on the same way stands in a circle. */
function circlesOf(managers: ReadonlyMap<string, string | null>): string[][] {
  const circles: string[][] = []
  const seen = new Set<string>()
  for (const start of managers.keys()) {
    const way = new Map<string, number>()
    let person: string | null = start
    while (person !== null && !seen.has(person)) {
      way.set(person, way.size)
      seen.add(person)
      person = managers.get(person) ?? null
    }
    const from = person === null ? undefined : way.get(person)
    if (from !== undefined) circles.push([...way.keys()].slice(from))
  }
  return circles
}

function spaceless(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}
