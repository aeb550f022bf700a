import type { Counts, Field } from '../../domain/people/events.ts'
import type { Listing, PeopleCommand } from '../../domain/people/people.ts'
import { text, type Change } from '../../domain/people/roster.ts'
import type { Compared } from './comparison.ts'

/** Changes that a preview shows one by one; its counts count all. */
const shownMax = 1_000

type ShownField = { field: string; from: string | null; to: string | null }

/** What confirming would do, for people to look at. */
export function previewOf(compared: Compared) {
  const { digest, file, unchanged, counts, changes } = compared
  return {
    digest,
    rows: file.rows.length,
    encoding: file.encoding,
    columns: { read: [...file.columns.read], ignored: [...file.columns.ignored] },
    unchanged,
    changes: changes.slice(0, shownMax).map((change) => shown(change, compared)),
    counts: { ...counts },
  }
}

function shown(change: Change, { known, numbers }: Compared) {
  const { row, person, kind, before, after } = change
  const value = (listing: Listing | null, field: Field) => {
    const written = listing === null ? null : text(listing, field)
    return field === 'manager' && written !== null ? (numbers.get(written) ?? written) : written
  }
  const fields: ShownField[] = change.changed.map((field) => ({
    field,
    from: value(before, field),
    to: value(after, field),
  }))
  if (change.isNamedAgain) fields.push({ field: 'listed', from: 'no', to: 'yes' })
  if (kind === 'unlisted') fields.push({ field: 'listed', from: 'yes', to: 'no' })
  return {
    row,
    person: known.has(person) ? person : null,
    kind,
    employeeNumber: after.employeeNumber,
    name: after.name,
    fields,
  }
}

/** The commands that confirming gives, the import itself first: it holds the others together. */
export function commandsOf(compared: Compared): PeopleCommand[] {
  const { sha256: file, digest, unchanged, after, changes } = compared
  const counts = eventCounts(compared.counts)
  const rows = compared.file.rows.length
  return [
    { type: 'import', file, digest, rows, unchanged, counts, after },
    ...changes.map((change) => commandOf(change, file)),
  ]
}

function commandOf(change: Change, file: string): PeopleCommand {
  const { kind, person, row, after: listing, changed } = change
  if (kind === 'unlisted') return { type: 'unlist', person, file }
  if (row === null) throw new Error(`a ${kind} without a row`)
  if (kind === 'joiner') return { type: 'join', person, file, row, listing }
  if (changed.length === 0) return { type: 'relist', person, file, row }
  return { type: 'change', kind, person, file, row, listing, changed }
}

function eventCounts(counts: Compared['counts']): Counts {
  return {
    joiners: counts.joiner,
    movers: counts.mover,
    leavers: counts.leaver,
    returners: counts.returner,
    corrections: counts.correction,
    unlisted: counts.unlisted,
  }
}
