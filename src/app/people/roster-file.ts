import { isRefused, type Refused } from '../../domain/decider.ts'
import { groupsAsWritten } from '../../domain/people/audience.ts'
import { rosterProblems } from '../../domain/people/refusals.ts'
import type { Report, RosterRow } from '../../domain/people/roster.ts'
import type { Column } from '../import/columns.ts'
import type { Encoding } from '../import/decoding.ts'
import { readDay } from '../import/import-day.ts'
import type { Problems } from '../import/problems.ts'
import { tableProblems } from '../import/refusals.ts'
import { readTable, type Table, type TableRefusal, type TableRow } from '../import/table.ts'

type RosterField =
  | 'employeeNumber'
  | 'name'
  | 'familyName'
  | 'givenName'
  | 'email'
  | 'department'
  | 'title'
  | 'manager'
  | 'groups'
  | 'startDate'
  | 'endDate'

const column = (
  field: RosterField,
  ja: string,
  en: string,
  aliases: string,
): Column<RosterField> => ({
  field,
  title: { ja, en },
  aliases: aliases.split(' '),
  required: field === 'employeeNumber' || field === 'startDate',
})

export const rosterColumns: readonly Column<RosterField>[] = [
  column(
    'employeeNumber',
    '社員番号',
    'Employee number',
    '従業員番号 社員コード 従業員コード 社員no 社員id 職員番号 employeeid employeeno empno staffnumber staffid',
  ),
  column('name', '氏名', 'Name', '名前 社員名 従業員名 氏名漢字 fullname employeename displayname'),
  column('familyName', '姓', 'Family name', '苗字 名字 lastname surname'),
  column('givenName', '名', 'Given name', '下の名前 firstname'),
  column(
    'email',
    'メールアドレス',
    'Email',
    'メール eメール 会社メール 社用メールアドレス mail emailaddress mailaddress workemail',
  ),
  column(
    'department',
    '部署',
    'Department',
    '部門 所属 所属部署 部署名 所属部門 部 課 team division dept organization',
  ),
  column('title', '役職', 'Title', '役職名 職位 肩書 職種 jobtitle position role'),
  column(
    'manager',
    '上長',
    'Manager',
    '上司 上長社員番号 上司社員番号 上司の社員番号 上長の社員番号 上司名 上長名 上司メール 直属上長 直属上司 managerid manageremployeenumber managernumber managername manageremail supervisor reportsto',
  ),
  column('groups', '区分', 'Groups', 'グループ 受講区分 業務区分 対象区分 group audience'),
  column(
    'startDate',
    '入社日',
    'Start date',
    '入社年月日 入社 採用日 雇用開始日 契約開始日 着任日 startday hiredate hiredon joineddate dateofjoining joined start',
  ),
  column(
    'endDate',
    '退職日',
    'End date',
    '退職年月日 退職 退社日 離職日 雇用終了日 契約終了日 最終日 endday leavedate leavingdate terminationdate lastday left end',
  ),
]

export type RosterFile = {
  readonly rows: readonly RosterRow[]
  readonly encoding: Encoding
  readonly columns: { readonly read: readonly string[]; readonly ignored: readonly string[] }
  readonly problems: Problems
  /** Names what is wrong with a row by the header that the file itself uses. */
  readonly report: Report
}

const address = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/

/** Reads a roster; its rows may still be wrong together (duplicates, managers), which others say. */
export function readRoster(bytes: Uint8Array): RosterFile | Refused<TableRefusal> {
  const table = readTable(bytes, rosterColumns)
  if (isRefused(table)) return table
  const { columns, problems, encoding } = table
  if (!columns.has('name') && !(columns.has('familyName') && columns.has('givenName'))) {
    const place = { row: null, field: 'name', code: 'column-missing' }
    const text = tableProblems['column-missing']
    problems.add(place, {
      ja: text.ja.replace('{value}', '氏名'),
      en: text.en.replace('{value}', 'Name'),
    })
    return problems.refusal()
  }
  const report: Report = (row, field, code, value) => {
    problems.add({ row, field: columns.called(field), code }, rosterProblems[code], value)
  }
  return {
    rows: table.rows.flatMap((row) => new RowReader(table, row, report).read()),
    encoding,
    columns: { read: columns.read.map(({ header }) => header), ignored: columns.ignored },
    problems,
    report,
  }
}

/** Reads the cells of one row and reports what is missing; a row without a number is left out. */
class RowReader {
  readonly #table: Table<RosterField>
  readonly #row: TableRow<RosterField>
  readonly #report: Report

  constructor(table: Table<RosterField>, row: TableRow<RosterField>, report: Report) {
    this.#table = table
    this.#row = row
    this.#report = report
  }

  read(): RosterRow[] {
    const { cells, row } = this.#row
    const employeeNumber = this.#needed('employeeNumber')
    const name = this.#name()
    const startDate = this.#needed('startDate') === null ? null : this.#day('startDate')
    const endDate = this.#day('endDate')
    const email = this.#email()
    const groups = this.#groups()
    // What could not be read stays empty: the file is refused, but others may be under this person.
    if (employeeNumber === null) return []
    return [
      {
        row,
        employeeNumber: employeeNumber.normalize('NFKC'),
        name: name ?? '',
        startDate: startDate ?? '',
        endDate,
        email,
        title: cells.title,
        department: cells.department,
        manager: cells.manager,
        groups,
      },
    ]
  }

  #needed(field: RosterField): string | null {
    const cell = this.#row.cells[field]
    if (cell === null) this.#add(field, 'cell-empty')
    return cell ?? null
  }

  /** Japanese names with a space between, others given name first. */
  #name(): string | null {
    const { columns } = this.#table
    if (columns.has('name')) return this.#needed('name')?.replaceAll(/\s+/g, ' ') ?? null
    const family = this.#needed('familyName')
    const given = this.#needed('givenName')
    if (family === null || given === null) return null
    const isLatin = /^[\p{Script=Latin}\p{M}\s.'-]+$/u.test(family + given)
    return isLatin ? `${given} ${family}` : `${family} ${given}`
  }

  #day(field: 'startDate' | 'endDate'): string | null | undefined {
    const cell = this.#row.cells[field]
    if (cell === null || cell === undefined) return cell
    const read = readDay(cell)
    if ('day' in read) return read.day
    this.#add(field, read.problem, cell)
    return null
  }

  #email(): string | null | undefined {
    const email = this.#row.cells.email?.normalize('NFKC') ?? this.#row.cells.email
    if (email === null || email === undefined || address.test(email)) return email
    this.#report(this.#row.row, 'email', 'email-malformed', email)
    return null
  }

  #groups(): RosterRow['groups'] {
    const cell = this.#row.cells.groups
    if (cell === undefined) return undefined
    const groups = groupsAsWritten(cell ?? '')
    if (groups === null) this.#report(this.#row.row, 'groups', 'groups-unknown', cell ?? '')
    return groups ?? []
  }

  #add(
    field: RosterField,
    code: 'cell-empty' | 'day-unreadable' | 'day-not-in-calendar' | 'day-out-of-range',
    value = '',
  ): void {
    const { problems, columns } = this.#table
    const place = { row: this.#row.row, field: columns.called(field), code }
    problems.add(place, tableProblems[code], value)
  }
}
