import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { ViewWrite } from '../app/engine/store.ts'
import { createTestDatabase } from '../app/testing.ts'
import { connect } from './connections.ts'
import { readViewTables } from './view-tables.ts'
import type { ViewTables } from './view-tables.ts'
import { writeBuffer } from './write-buffer.ts'
import { statementsOf } from './write-statements.ts'

test('writes gathered and sent in bulk leave the same rows as one write after the other', async () => {
  const { client, tables } = await openTables()
  const send = async (schema: string, writes: readonly ViewWrite[]) => {
    const buffer = writeBuffer(tables)
    buffer.add(writes)
    for (const { text, values } of statementsOf(schema, buffer.take())) {
      await client.query(text, [...values])
    }
  }
  const rows = async (schema: string) =>
    (await client.query(`select * from ${schema}.things order by id`)).rows
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(write, { maxLength: 25 }), { maxLength: 4 }),
      async (all) => {
        await client.query('truncate one.things, bulk.things')
        for (const writes of all) {
          for (const one of writes) await send('one', [one])
          await send('bulk', writes)
          expect(await rows('bulk')).toEqual(await rows('one'))
        }
      },
    ),
    { numRuns: 150 },
  )
}, 120_000)

test('what does not fit its table is refused before anything is sent', async () => {
  const { tables } = await openTables()
  const row = { id: 1, kind: 'x', note: null, day: null, tags: [], data: {} }
  const wrong: ViewWrite[] = [
    { kind: 'put', table: 'nowhere', row },
    { kind: 'put', table: 'things', row: { ...row, colour: 'red' } },
    { kind: 'put', table: 'things', row: { id: 1, kind: 'x' } },
    { kind: 'patch', table: 'things', key: { kind: 'x' }, row: { note: 'n' } },
    { kind: 'patch', table: 'things', key: { id: 1 }, row: { id: 2 } },
    { kind: 'patch', table: 'things', key: { id: 1 }, row: {} },
    { kind: 'remove', table: 'things', row: {} },
    { kind: 'remove', table: 'things', row: { colour: 'red' } },
  ]
  const refused = wrong.map((one) => {
    try {
      writeBuffer(tables).check([one])
      return 'accepted'
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error
    }
  })
  expect(refused).toEqual(wrong.map(() => 'view-write-invalid'))
})

test('a view table without a primary key is refused: rows could not be told apart', async () => {
  const { client } = await openTables()
  await client.query('create table bulk.nameless (a int)')
  await expect(readViewTables(client, 'bulk')).rejects.toThrow('nameless has no primary key')
})

const id = fc.nat(5)
const kind = fc.constantFrom('x', 'y')
const note = fc.option(fc.constantFrom('n', '"quoted" \\ 日本', ''), { nil: null })
const day = fc.option(fc.constantFrom('2026-01-01', '2026-01-02'), { nil: null })
const tags = fc.array(fc.constantFrom('a', 'b,c', '{d}'), { maxLength: 3 })
const data = fc.constantFrom({}, { a: [1, null] }, { b: 'text' })
const row = fc.record({ id, kind, note, day, tags, data })
const changes = fc.oneof(
  fc.record({ kind }),
  fc.record({ note }),
  fc.record({ kind, note }),
  fc.record({ day, tags, data }),
)
const match = fc.oneof(
  fc.record({ id }),
  fc.record({ kind }),
  fc.record({ note }),
  fc.record({ kind, note }),
  fc.record({ day }),
)
const write: fc.Arbitrary<ViewWrite> = fc.oneof(
  row.map((row) => ({ kind: 'put' as const, table: 'things', row })),
  fc
    .tuple(id, changes)
    .map(([id, row]) => ({ kind: 'patch' as const, table: 'things', key: { id }, row })),
  match.map((row) => ({ kind: 'remove' as const, table: 'things', row })),
)

async function openTables() {
  const client = await connect(await createTestDatabase(), 'test')
  onTestFinished(() => client.end())
  for (const schema of ['one', 'bulk']) {
    await client.query(`
      create schema ${schema};
      create table ${schema}.things (id int primary key, kind text not null, note text, day date,
                                     tags text[] not null, data jsonb not null)`)
  }
  const tables: ViewTables = await readViewTables(client, 'bulk')
  return { client, tables }
}
