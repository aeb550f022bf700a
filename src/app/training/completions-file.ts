import { isRefused, type Refused } from '../../domain/decider.ts'
import { completionProblems, type CompletionProblem } from '../../domain/training/refusals.ts'
import type { Column } from '../import/columns.ts'
import { readDay } from '../import/import-day.ts'
import type { Problems } from '../import/problems.ts'
import { tableProblems } from '../import/refusals.ts'
import { readTable, type Table, type TableRefusal, type TableRow } from '../import/table.ts'
import type { CourseRow, Trainee } from './reads.ts'

type CompletionField = 'employeeNumber' | 'email' | 'course' | 'completedOn' | 'score' | 'passed'

const column = (
  field: CompletionField,
  ja: string,
  en: string,
  aliases: string,
): Column<CompletionField> => ({
  field,
  title: { ja, en },
  aliases: aliases.split(' '),
  required: field === 'course' || field === 'completedOn',
})

const columns: readonly Column<CompletionField>[] = [
  column(
    'employeeNumber',
    '社員番号',
    'Employee number',
    '従業員番号 社員コード employeeid employeeno',
  ),
  column('email', 'メールアドレス', 'Email', 'メール mail emailaddress'),
  column(
    'course',
    '研修',
    'Course',
    '研修名 コース コース名 講座 講座名 科目 courseid coursename title',
  ),
  column(
    'completedOn',
    '修了日',
    'Completed on',
    '受講日 完了日 受験日 合格日 completed completiondate date',
  ),
  column('score', '点数', 'Score', '得点 スコア 成績 percent'),
  column('passed', '合否', 'Passed', '結果 判定 result status'),
]

export type Completion = {
  readonly row: number
  readonly person: string
  readonly course: string
  readonly on: string
  readonly score: number | null
  readonly passed: boolean
}

const yes = ['合格', '修了', '完了', '○', '〇', 'yes', 'true', 'passed', 'pass', 'completed']
const no = ['不合格', '未修了', '×', 'no', 'false', 'failed', 'fail']

/** Who and what a list can mean, and what day it is. */
export type Register = {
  readonly trainees: readonly Trainee[]
  readonly courses: readonly CourseRow[]
  readonly today: string
}

/** Reads a list of completions; refused with everything that is wrong in it. */
export function readCompletions(
  bytes: Uint8Array,
  register: Register,
): readonly Completion[] | Refused<TableRefusal> {
  const table = readTable(bytes, columns)
  if (isRefused(table)) return table
  const { problems } = table
  if (!table.columns.has('employeeNumber') && !table.columns.has('email')) {
    const place = { row: null, field: 'employeeNumber', code: 'person-column-missing' }
    problems.add(place, completionProblems['person-column-missing'])
    return problems.refusal()
  }
  const reader = new CompletionReader(table, register)
  const read = table.rows.flatMap((row) => reader.read(row))
  return problems.none ? read : problems.refusal()
}

class CompletionReader {
  readonly #table: Table<CompletionField>
  readonly #problems: Problems
  readonly #people: ReadonlyMap<string, string>
  readonly #courses: ReadonlyMap<string, CourseRow>
  readonly #today: string
  readonly #seen = new Map<string, number>()

  constructor(table: Table<CompletionField>, { trainees, courses, today }: Register) {
    this.#table = table
    this.#problems = table.problems
    this.#today = today
    this.#people = new Map(
      trainees.flatMap(({ person, employeeNumber, email }) =>
        namesOf(employeeNumber, email).map((name) => [name, person] as const),
      ),
    )
    const offered = courses.filter(({ state }) => state === 'offered')
    this.#courses = new Map(
      offered.flatMap((course) =>
        [course.id, course.title.ja, course.title.en].map(
          (name) => [name.toLowerCase(), course] as const,
        ),
      ),
    )
  }

  read({ row, cells }: TableRow<CompletionField>): Completion[] {
    const person = this.#person(row, cells.employeeNumber ?? null, cells.email ?? null)
    const course = this.#course(row, cells.course)
    const on = this.#day(row, cells.completedOn)
    const score = this.#score(row, cells.score ?? null)
    const said = this.#passed(row, cells.passed ?? null)
    if (person === null || course === null || on === null) return []
    const key = `${person} ${course.id} ${on}`
    const twin = this.#seen.get(key)
    if (twin !== undefined) this.#add(row, 'course', 'completion-duplicate', String(twin))
    this.#seen.set(key, row)
    const passed = said ?? (score === null || score >= course.passingScore)
    return [{ row, person, course: course.id, on, score, passed }]
  }

  #person(row: number, number: string | null, email: string | null): string | null {
    const [found] = namesOf(number, email).flatMap((name) => this.#people.get(name) ?? [])
    if (found !== undefined) return found
    const field = this.#table.columns.has('employeeNumber') ? 'employeeNumber' : 'email'
    if (number === null && email === null) this.#empty(row, field)
    else this.#add(row, field, 'person-not-listed', number ?? email ?? '')
    return null
  }

  #course(row: number, cell: string | null | undefined): CourseRow | null {
    if (cell === undefined) return null
    if (cell === null) {
      this.#empty(row, 'course')
      return null
    }
    const found = this.#courses.get(cell.toLowerCase())
    if (found === undefined) this.#add(row, 'course', 'course-not-offered', cell)
    return found ?? null
  }

  #day(row: number, cell: string | null | undefined): string | null {
    if (cell === undefined) return null
    if (cell === null) {
      this.#empty(row, 'completedOn')
      return null
    }
    const read = readDay(cell)
    if ('problem' in read) {
      const place = { row, field: this.#table.columns.called('completedOn'), code: read.problem }
      this.#problems.add(place, tableProblems[read.problem], cell)
      return null
    }
    if (read.day > this.#today) this.#add(row, 'completedOn', 'completed-in-future', cell)
    return read.day
  }

  #score(row: number, cell: string | null): number | null {
    if (cell === null) return null
    const text = cell.normalize('NFKC').replace(/\s*(%|点|\/\s*100)$/, '')
    const score = /^\d{1,3}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : -1
    if (score >= 0 && score <= 100) return score
    this.#add(row, 'score', 'score-unreadable', cell)
    return null
  }

  #passed(row: number, cell: string | null): boolean | null {
    if (cell === null) return null
    const word = cell.normalize('NFKC').toLowerCase()
    if (yes.includes(word)) return true
    if (no.includes(word)) return false
    this.#add(row, 'passed', 'passed-unreadable', cell)
    return null
  }

  #add(row: number, field: CompletionField, code: CompletionProblem, value: string): void {
    const place = { row, field: this.#table.columns.called(field), code }
    this.#problems.add(place, completionProblems[code], value)
  }

  #empty(row: number, field: CompletionField): void {
    const place = { row, field: this.#table.columns.called(field), code: 'cell-empty' }
    this.#problems.add(place, tableProblems['cell-empty'])
  }
}

/** Under which names a person can be found: the number first. */
function namesOf(number: string | null, email: string | null): string[] {
  const byNumber = number === null ? [] : [`number ${number.normalize('NFKC')}`]
  return email === null ? byNumber : [...byNumber, `address ${email.toLowerCase()}`]
}
