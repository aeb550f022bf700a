import type { Text } from '../../domain/decider.ts'
import type { Problems } from './problems.ts'
import { tableProblems } from './refusals.ts'

/** A column that an import understands. */
export type Column<Field extends string> = {
  readonly field: Field
  readonly title: Text
  /** How lists call it, apart from `title` and `field`; case, width and spaces do not matter. */
  readonly aliases: readonly string[]
  readonly required: boolean
}

type Found<Field extends string> = {
  readonly field: Field
  readonly at: number
  /** As it stands in the file. */
  readonly header: string
}

/** Which columns a file has. */
export class Columns<Field extends string> {
  readonly read: readonly Found<Field>[]
  readonly ignored: readonly string[]
  readonly width: number
  readonly lastHeader: string
  readonly #columns: readonly Column<Field>[]

  private constructor(
    header: readonly string[],
    read: readonly Found<Field>[],
    columns: readonly Column<Field>[],
  ) {
    const places = new Set(read.map(({ at }) => at))
    this.read = read
    this.ignored = header.filter((name, at) => !places.has(at) && name.trim() !== '')
    this.width = header.length
    this.lastHeader = header.at(-1) ?? ''
    this.#columns = columns
  }

  static find<Field extends string>(
    header: readonly string[],
    columns: readonly Column<Field>[],
    problems: Problems,
  ): Columns<Field> {
    const read = header.flatMap((written, at) => {
      const column = columns.find((one) => isCalled(written, one))
      return column === undefined ? [] : [{ field: column.field, at, header: written.trim() }]
    })
    for (const column of columns) {
      const [first, second] = read.filter(({ field }) => field === column.field)
      if (second !== undefined) {
        const place = { row: 1, field: second.header, code: 'column-duplicate' }
        problems.add(place, tableProblems['column-duplicate'], first?.header)
      }
      if (column.required && first === undefined) {
        const place = { row: null, field: column.field, code: 'column-missing' }
        problems.add(place, named(tableProblems['column-missing'], column))
      }
    }
    return new Columns(header, read, columns)
  }

  has(field: Field): boolean {
    return this.read.some((column) => column.field === field)
  }

  /** What people call a field: the header of their own file, else our title. */
  called(field: Field): string {
    const own = this.read.find((column) => column.field === field)?.header
    return own ?? this.#columns.find((column) => column.field === field)?.title.ja ?? field
  }
}

function named<Field extends string>(text: Text, { title }: Column<Field>): Text {
  return {
    ja: text.ja.replaceAll('{value}', title.ja),
    en: text.en.replaceAll('{value}', title.en),
  }
}

function isCalled<Field extends string>(written: string, column: Column<Field>): boolean {
  const name = bare(written)
  const names = [column.field, column.title.ja, column.title.en, ...column.aliases]
  return name !== '' && names.some((alias) => bare(alias) === name)
}

/** `入社日（YYYY/MM/DD）` and `Start date` as `入社日` and `startdate`. */
function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【].*$/, '')
    .replaceAll(/[\s_\-・.:*#/]/g, '')
}
