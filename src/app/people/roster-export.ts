import type { Group } from '../../domain/people/audience.ts'
import type { Listed } from '../../domain/people/roster.ts'
import { csvOf } from '../import/csv-writing.ts'
import { rosterColumns } from './roster-file.ts'

export type ExportLanguage = 'ja' | 'en'

/** Fields in the order of the file; family and given names stand together in the name. */
const exported = [
  'employeeNumber',
  'name',
  'email',
  'department',
  'title',
  'manager',
  'groups',
  'startDate',
  'endDate',
] as const

const groupWords: Readonly<Record<ExportLanguage, Readonly<Record<Group, string>>>> = {
  ja: { operations: '運用', development: '開発' },
  en: { operations: 'operations', development: 'development' },
}

/** The roster as a list that can be imported again: doing so unchanged changes nothing. */
export function rosterCsv(roster: readonly Listed[], language: ExportLanguage): Uint8Array {
  const header = exported.map((field) => titleOf(field, language))
  const numbers = new Map(roster.map((one) => [one.person, one.listing.employeeNumber]))
  const rows = roster.map(({ listing }) =>
    exported.map((field) => {
      if (field === 'manager') return numbers.get(listing.manager ?? '') ?? null
      if (field !== 'groups') return listing[field]
      return listing.groups.map((group) => groupWords[language][group]).join('、')
    }),
  )
  return csvOf([header, ...rows])
}

function titleOf(field: (typeof exported)[number], language: ExportLanguage): string {
  return rosterColumns.find((column) => column.field === field)?.title[language] ?? field
}
