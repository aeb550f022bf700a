import { Client } from 'pg'
import { expect, test } from 'vitest'
import { rowsOf } from '../../src/app/testing.ts'
import { ledgerChecks } from '../../src/domain/ledger/checks.ts'
import { openTestLedger } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'

const judged = async ({ engine }: TestLedger, id: string) => {
  const check = ledgerChecks.find((one) => one.id === id)
  const population = await rowsOf(engine, check?.population ?? '')
  const exceptions = await rowsOf(engine, check?.exceptions ?? '')
  const members = population.map(({ subject }) => subject)
  // An exception is always a member of what the check speaks of.
  expect(exceptions.filter(({ subject }) => !members.includes(subject))).toEqual([])
  expect(exceptions.every(({ reason }) => String(reason) in (check?.reasons ?? {}))).toBe(true)
  return {
    members,
    exceptions: exceptions.map(({ subject, observation }) => [subject, observation]),
  }
}

test('a ledger that nobody has verified proves nothing', async () => {
  const opened = await openTestLedger()
  await opened.pin(1)
  expect(await judged(opened, 'ledger-verified')).toEqual({ members: [], exceptions: [] })
})

test('what a verification finds is an exception until a later one finds nothing', async () => {
  const opened = await openTestLedger()
  await opened.pin(3)
  await opened.ledger.verify('system:test')
  expect(await judged(opened, 'ledger-verified')).toEqual({ members: ['ledger'], exceptions: [] })
  const client = new Client(opened.database)
  await client.connect()
  await client.query(`update views.board set text = 'edited' where note = '1'`)
  const { seq } = await opened.ledger.verify('system:test')
  expect((await judged(opened, 'ledger-verified')).exceptions).toEqual([['ledger', seq]])
  await client.query(`update views.board set text = 'note 1' where note = '1'`)
  await client.end()
  await opened.ledger.verify('system:test')
  expect((await judged(opened, 'ledger-verified')).exceptions).toEqual([])
})

test('it is verified once a day by itself, however often the program looks', async () => {
  const opened = await openTestLedger()
  await opened.pin(1)
  const [job] = opened.ledger.jobs
  for (let look = 0; look < 3; look++) await job?.run()
  expect(await rowsOf(opened.engine, 'select size from ledger_verifications')).toHaveLength(1)
  opened.clock.advance({ days: 1 })
  for (let look = 0; look < 3; look++) await job?.run()
  expect(await rowsOf(opened.engine, 'select size from ledger_verifications')).toHaveLength(2)
})

test('an alarm is an exception as long as it is raised', async () => {
  const witness = await startWitness()
  const opened = await openTestLedger({ witnessPolicy: witness.policy })
  await opened.pin(1)
  await opened.ledger.publishNow()
  await expect
    .poll(async () => (await judged(opened, 'ledger-undisturbed')).exceptions)
    .toMatchObject([['ledger-quorum-unmet', expect.any(Number)]])
  await witness.knows(opened.ledger.vkey)
  await opened.ledger.publishNow()
  await expect.poll(async () => (await judged(opened, 'ledger-undisturbed')).exceptions).toEqual([])
})
