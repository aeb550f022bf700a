import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../app/testing.ts'
import { openStore } from './postgres-store.ts'

// It was an unhandled error, found by the crash drill.
test('a connection that is lost while a reader holds it and asks nothing is no end of the program', async () => {
  const database = await createTestDatabase()
  const store = openStore(database)
  onTestFinished(() => store.close())
  await store.views.prepare([], () => Promise.resolve())
  const admin = new Client(database)
  await admin.connect()
  onTestFinished(() => admin.end())
  const faults: unknown[] = []
  const heard = (error: unknown) => void faults.push(error)
  process.on('uncaughtException', heard)
  onTestFinished(() => void process.off('uncaughtException', heard))
  const now = { past: null, asOf: () => new Date(), zone: null }
  const snapshot = await store.views.read(now)
  const [held] = await snapshot.query('select pg_backend_pid() as pid', [])
  await admin.query('select pg_terminate_backend($1, 5000)', [Reflect.get(held ?? {}, 'pid')])
  await delay(50)
  expect(faults).toEqual([])
  const later = await store.views.read(now)
  expect(await later.query('select 1 as one', [])).toEqual([{ one: 1 }])
})
