import type pg from 'pg'
import type { Append } from '../app/engine/store.ts'

/** Everything of an append that goes to schema `ledger`, sent without waiting for answers. */
export function sendAppend(client: pg.ClientBase, append: Append): Promise<unknown>[] {
  const { entries, commands, newKeys, erased, head } = append
  const sent: Promise<unknown>[] = []
  const send = (name: string, text: string, values: unknown[]) =>
    void sent.push(client.query({ name, text, values }))
  if (entries.length > 0) {
    send('append', insertEntries, [
      entries.map(({ seq }) => seq),
      entries.map(({ bytes }) => bytes),
      entries.map(({ type }) => type),
      entries.map(({ stream }) => stream),
      entries.map(({ by }) => by),
      entries.map(({ recordedAt }) => recordedAt),
      entries.map(({ effectiveAt }) => effectiveAt),
    ])
    send('move-head', moveHead, [head.size, head.lastAt, head.erasures])
  }
  if (commands.length > 0) {
    send('remember', insertCommands, [
      commands.map(({ id }) => id),
      commands.map(({ done }) => done.first),
      commands.map(({ done }) => done.last),
    ])
  }
  if (newKeys.length > 0) {
    send('keep-keys', insertKeys, [
      newKeys.map(({ person }) => person),
      newKeys.map(({ key }) => key),
    ])
  }
  if (erased.length > 0) send('erase', eraseKeys, [erased])
  return sent
}

const insertEntries = `
  insert into ledger.entries (seq, bytes, type, stream, by, recorded_at, effective_at)
  select * from unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::text[],
                       $6::timestamptz[], $7::timestamptz[])`

const moveHead = 'update ledger.head set size = $1, last_at = $2, erasures = $3 where id = 1'

const insertCommands = `
  insert into ledger.commands (id, first, last)
  select * from unnest($1::text[], $2::bigint[], $3::bigint[])`

const insertKeys = `
  insert into ledger.person_keys (person, key) select * from unnest($1::text[], $2::bytea[])`

/** The row stays, without its key: whoever was erased never gets another one. */
const eraseKeys = `
  insert into ledger.person_keys (person, key) select unnest($1::text[]), null
  on conflict (person) do update set key = null`
