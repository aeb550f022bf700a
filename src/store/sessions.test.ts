import { Client, type ClientConfig } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../app/testing.ts'
import { openSessions } from './sessions.ts'

const key = new Uint8Array(32).fill(7)
const session = { person: 'per_a', credentialId: 'c', startedMs: 1_000, lastSeenMs: 1_000 }

async function opened(sealKey = key, database?: ClientConfig) {
  const connecting = database ?? (await createTestDatabase())
  const sessions = openSessions(connecting, sealKey)
  onTestFinished(() => sessions.close())
  return { sessions, connecting }
}

test('a session is found again by another node with the same key', async () => {
  const { sessions, connecting } = await opened()
  await sessions.put('hash', session)
  await sessions.put('hash', { ...session, lastSeenMs: 2_000 })
  const other = await opened(key, connecting)
  expect(await other.sessions.get('hash')).toEqual({ ...session, lastSeenMs: 2_000 })
  expect(await other.sessions.get('another')).toBeNull()
})

test('ends alone, or with all of its person', async () => {
  const { sessions } = await opened()
  for (const hash of ['one', 'two', 'three']) await sessions.put(hash, session)
  await sessions.put('other', { ...session, person: 'per_b' })
  await sessions.delete('one')
  expect(await sessions.get('one')).toBeNull()
  await sessions.deletePerson('per_a')
  expect(await sessions.get('two')).toBeNull()
  expect(await sessions.get('other')).not.toBeNull()
})

test('nobody who can only write rows makes himself a session of somebody', async () => {
  const { sessions, connecting } = await opened()
  await sessions.put('mine', session)
  const client = new Client(connecting)
  await client.connect()
  onTestFinished(() => client.end())
  await client.query(`insert into ledger.sessions
    select 'made-up', 'per_admin', credential_id, started_ms, last_seen_ms, seal
      from ledger.sessions where hash = 'mine'`)
  expect(await sessions.get('made-up')).toBeNull()
  await client.query(`update ledger.sessions set person = 'per_admin' where hash = 'mine'`)
  expect(await sessions.get('mine')).toBeNull()
})

test('those of two days ago are swept out when somebody signs in', async () => {
  const { sessions } = await opened()
  await sessions.put('old', session)
  const later = 49 * 3_600_000
  await sessions.put('new', { ...session, startedMs: later, lastSeenMs: later })
  expect(await sessions.get('old')).toBeNull()
})
