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
      entries[0]?.seq,
      Buffer.concat(entries.map(({ bytes }) => bytes)),
      entries.map(({ bytes }) => bytes.byteLength),
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

/**
 * The bytes travel as one piece and are cut apart there: as an array they would be written and read
 * as hexadecimal text, which costs a sixth of an append. Indexes follow one another.
 */
const insertEntries = `
  insert into ledger.entries (seq, bytes, type, stream, by, recorded_at, effective_at)
  select $1::bigint + e.at - 1,
         substring($2::bytea from e.last::int - e.length + 1 for e.length),
         e.type, e.stream, e.by, e.recorded_at, e.effective_at
    from (
      select *, sum(length) over (order by at) as last
        from unnest($3::int[], $4::text[], $5::text[], $6::text[],
                    $7::timestamptz[], $8::timestamptz[])
             with ordinality as u (length, type, stream, by, recorded_at, effective_at, at)
    ) as e`

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
