import type pg from 'pg'
import type { Handled } from '../app/engine/engine.ts'
import type { Head, PersonKeys, Stored } from '../app/engine/store.ts'

/** The reads of schema `ledger`, each on whatever connection the caller has. */

type HeadRow = { size: number; last_at: number; erasures: number; views_epoch: number }

export async function readHead(client: pg.ClientBase, lock: '' | 'for update'): Promise<Head> {
  const { rows } = await client.query<HeadRow>({
    name: `head ${lock}`,
    text: `select size, last_at, erasures, views_epoch from ledger.head where id = 1 ${lock}`,
  })
  const row = rows[0]
  if (row === undefined) throw new Error('ledger.head is empty')
  const { size, last_at: lastAt, erasures, views_epoch: viewsEpoch } = row
  return { size, lastAt, erasures, viewsEpoch }
}

export async function readEntries(
  client: pg.ClientBase,
  from: number,
  to: number,
): Promise<Stored[]> {
  const { rows } = await client.query<Stored>({
    name: 'entries',
    text: 'select seq, bytes from ledger.entries where seq >= $1 and seq < $2 order by seq',
    values: [from, to],
  })
  return rows
}

export async function readStream(client: pg.ClientBase, stream: string): Promise<Stored[]> {
  const { rows } = await client.query<Stored>({
    name: 'stream',
    text: 'select seq, bytes from ledger.entries where stream = $1 order by seq',
    values: [stream],
  })
  return rows
}

export async function readStreams(
  client: pg.ClientBase,
  streams: readonly string[],
): Promise<Map<string, Stored[]>> {
  const found = new Map<string, Stored[]>(streams.map((stream) => [stream, []]))
  if (streams.length === 0) return found
  const { rows } = await client.query<Stored & { stream: string }>({
    name: 'streams',
    text: 'select stream, seq, bytes from ledger.entries where stream = any($1) order by seq',
    values: [streams],
  })
  for (const { stream, seq, bytes } of rows) found.get(stream)?.push({ seq, bytes })
  return found
}

export async function readAnswers(
  client: pg.ClientBase,
  commands: readonly string[],
): Promise<Map<string, Handled>> {
  if (commands.length === 0) return new Map()
  const { rows } = await client.query<{ id: string } & Handled>({
    name: 'answers',
    text: 'select id, first, last from ledger.commands where id = any($1)',
    values: [commands],
  })
  return new Map(rows.map(({ id, first, last }) => [id, { first, last }]))
}

export async function readPersonKeys(
  client: pg.ClientBase,
  persons: readonly string[],
): Promise<PersonKeys> {
  if (persons.length === 0) return new Map()
  const { rows } = await client.query<{ person: string; key: Buffer | null }>({
    name: 'person-keys',
    text: 'select person, key from ledger.person_keys where person = any($1)',
    values: [persons],
  })
  return new Map(rows.map(({ person, key }) => [person, key]))
}

export async function readChanges(
  client: pg.ClientBase,
  seq: number,
): Promise<{ stream: string; type: string }[]> {
  const { rows } = await client.query<{ stream: string; type: string }>(
    'select distinct stream, type from ledger.entries where seq >= $1',
    [seq],
  )
  return rows
}
