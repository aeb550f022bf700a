import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareRoster,
  type Change,
  type Comparison,
  type Listed,
  type Outsider,
  type RosterRow,
} from './roster.ts'

let made = 0
const person = (name: string) => `per_${name.padEnd(26, '0')}`

function row(at: number, employeeNumber: string, more: Partial<RosterRow> = {}): RosterRow {
  return {
    row: at,
    employeeNumber,
    name: `Name ${employeeNumber}`,
    startDate: '2024-04-01',
    email: undefined,
    title: undefined,
    department: undefined,
    manager: undefined,
    groups: undefined,
    endDate: undefined,
    ...more,
  }
}

type Outcome = Comparison & { readonly problems: readonly string[] }

function compare(
  rows: readonly RosterRow[],
  roster: readonly Listed[] = [],
  outsiders: readonly Outsider[] = [],
): Outcome {
  const problems: string[] = []
  const comparison = compareRoster(
    rows,
    roster,
    outsiders,
    () => {
      made += 1
      return person(`new${made}`)
    },
    (at, field, code) => problems.push(`${at} ${field} ${code}`),
  )
  return { ...comparison, problems }
}

/** The roster as it is once the changes are made. */
function after(changes: readonly Change[], before: readonly Listed[] = []): Listed[] {
  const roster = new Map(before.map((one) => [one.person, one]))
  for (const { person, after: listing, kind } of changes) {
    roster.set(person, { person, listing, isNamed: kind !== 'unlisted' })
  }
  return [...roster.values()]
}

const kinds = (outcome: Outcome) => outcome.changes.map(({ kind }) => kind)

test('a first list makes everybody a joiner, and the same list again changes nothing', () => {
  const rows = [row(2, '1', { manager: '2' }), row(3, '2', { department: '運用部' })]
  const first = compare(rows)
  expect(kinds(first)).toEqual(['joiner', 'joiner'])
  expect(first.changes[0]?.after.manager).toBe(first.changes[1]?.person)
  expect(first.changes[1]?.after.groups).toEqual(['operations'])
  const again = compare(rows, after(first.changes))
  expect(again).toMatchObject({ changes: [], unchanged: 2, problems: [] })
})

test('movers, leavers, returners and corrections are told apart', () => {
  const start = compare(
    ['1', '2', '3', '4'].map((number, at) =>
      row(at + 2, number, { department: '営業部', endDate: number === '3' ? '2025-03-31' : null }),
    ),
  )
  const next = compare(
    [
      row(2, '1', { department: '開発部', endDate: null }),
      row(3, '2', { department: '営業部', endDate: '2026-06-30' }),
      row(4, '3', { department: '営業部', startDate: '2026-05-01', endDate: null }),
      row(5, '4', { department: '営業部', endDate: null, name: 'Name Four' }),
    ],
    after(start.changes),
  )
  expect(kinds(next)).toEqual(['mover', 'leaver', 'returner', 'correction'])
  expect(next.changes[0]?.changed).toEqual(['department', 'groups'])
})

test('people whom a list leaves out are shown once, and become no leavers', () => {
  const roster = after(compare([row(2, '1'), row(3, '2')]).changes)
  const short = compare([row(2, '1')], roster)
  expect(kinds(short)).toEqual(['unlisted'])
  expect(short.changes[0]?.after.endDate).toBe(null)
  const later = after(short.changes, roster)
  expect(kinds(compare([row(2, '1')], later))).toEqual([])
  const back = compare([row(2, '1'), row(3, '2')], later)
  expect(back.changes).toMatchObject([{ kind: 'correction', isNamedAgain: true, changed: [] }])
})

test('leavers whom the list no longer names are nothing new', () => {
  const roster = after(compare([row(2, '1'), row(3, '2', { endDate: '2025-03-31' })]).changes)
  expect(compare([row(2, '1')], roster).changes).toEqual([])
})

test('a column that the list does not have leaves what is known as it is', () => {
  const roster = after(
    compare([row(2, '1', { email: 'a@example.jp', title: '部長', endDate: '2030-01-01' })]).changes,
  )
  expect(compare([row(2, '1')], roster).unchanged).toBe(1)
  const emptied = compare([row(2, '1', { email: null, title: null })], roster)
  expect(emptied.changes[0]).toMatchObject({ changed: ['email', 'title'], kind: 'mover' })
})

test('whoever has an account already stays one person when the roster names the same address', () => {
  const outsider = { person: person('admin'), email: 'Boss@Example.jp' }
  const outcome = compare([row(2, '1', { email: 'boss@example.jp' })], [], [outsider])
  expect(outcome.changes[0]).toMatchObject({ kind: 'joiner', person: outsider.person })
})

test('a new employee number with the same address is the same person, unless they had left', () => {
  const here = after(compare([row(2, '1', { email: 'a@example.jp' })]).changes)
  const renumbered = compare([row(2, 'A1', { email: 'a@example.jp', name: 'Name 1' })], here)
  expect(renumbered.changes).toMatchObject([
    { kind: 'correction', person: here[0]?.person, changed: ['employeeNumber'] },
  ])
  const gone = here.map((one) => ({
    ...one,
    listing: { ...one.listing, endDate: '2025-01-01' },
  }))
  const reused = compare([row(2, 'A1', { email: 'a@example.jp' })], gone)
  expect(reused.changes[0]?.kind).toBe('joiner')
  expect(reused.changes[0]?.person).not.toBe(here[0]?.person)
})

test('managers are found by number, address or name, and what is not clear is a problem', () => {
  const rows = [
    row(2, '1', { name: '佐藤 一', email: 'sato@example.jp', manager: null }),
    row(3, '2', { manager: '1' }),
    row(4, '3', { manager: 'SATO@example.jp' }),
    row(5, '4', { manager: '佐藤　一' }),
    row(6, '5', { manager: '9' }),
    row(7, '6', { manager: '6' }),
    row(8, '7', { name: '鈴木 次' }),
    row(9, '8', { name: '鈴木 次', manager: '鈴木次' }),
  ]
  const outcome = compare(rows)
  const boss = outcome.changes[0]?.person
  expect(outcome.changes.slice(1, 4).map(({ after: { manager } }) => manager)).toEqual([
    boss,
    boss,
    boss,
  ])
  expect(outcome.problems).toEqual([
    '6 manager manager-unknown',
    '7 manager manager-self',
    '9 manager manager-ambiguous',
  ])
})

test('a circle of managers is a problem of each row in it, and of no other', () => {
  const rows = [
    row(2, '1', { manager: '2' }),
    row(3, '2', { manager: '3' }),
    row(4, '3', { manager: '1' }),
    row(5, '4', { manager: '1' }),
  ]
  expect([...compare(rows).problems].sort()).toEqual([
    '2 manager manager-circle',
    '3 manager manager-circle',
    '4 manager manager-circle',
  ])
})

test('a circle that closes through somebody whom the list leaves out is found too', () => {
  const roster = after(compare([row(2, '1', { manager: '2' }), row(3, '2')]).changes)
  expect(compare([row(2, '2', { manager: '1' })], roster).problems).toEqual([
    '2 manager manager-circle',
  ])
})

test('duplicate numbers, duplicate addresses and an end before the start are named', () => {
  const rows = [
    row(2, '1', { email: 'a@example.jp' }),
    row(3, '1', { email: 'A@example.jp', endDate: '2024-03-31' }),
  ]
  expect(compare(rows).problems).toEqual([
    '3 employeeNumber employee-number-duplicate',
    '3 email email-duplicate',
    '3 endDate end-before-start',
  ])
})

const lists = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 12 }),
    department: fc.constantFrom('運用部', '開発部', '総務部'),
    end: fc.constantFrom(null, '2025-03-31', '2026-03-31'),
    boss: fc.integer({ min: 0, max: 12 }),
  }),
  { selector: ({ number }) => number, maxLength: 12 },
)

test('whatever lists come, importing the same one again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 4 }), (all) => {
      let roster: Listed[] = []
      for (const list of all) {
        const numbers = new Set(list.map(({ number }) => number))
        const rows = list.map(({ number, department, end, boss }, at) =>
          // Managers have smaller numbers, so that no circle is drawn.
          row(at + 2, String(number), {
            department,
            endDate: end,
            manager: boss < number && numbers.has(boss) ? String(boss) : null,
          }),
        )
        const outcome = compare(rows, roster)
        expect(outcome.unchanged + outcome.changes.filter((one) => one.row !== null).length).toBe(
          rows.length,
        )
        roster = after(outcome.changes, roster)
        const problems = outcome.problems.filter((one) => !one.includes('circle'))
        expect(problems).toEqual([])
        expect(compare(rows, roster).changes).toEqual([])
      }
    }),
  )
})
