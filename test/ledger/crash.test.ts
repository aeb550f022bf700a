import { expect, test } from 'vitest'
import { parseVerifierKey } from '../../src/ledger/keys.ts'
import { openDatabase } from '../../src/store/database.ts'
import { vkeyOf } from '../../src/store/key-folder.ts'
import { drill, planKills, seeded } from './drill/drill.ts'
import type { Kill } from './drill/drill.ts'
import { judge } from './drill/judge.ts'
import { steps } from './drill/steps.ts'
import { openTestLedger, temporaryFolder } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** Opens the ledger that the drill works on, in this process. */
async function withLedger<T>(data: string, work: (opened: TestLedger) => Promise<T>): Promise<T> {
  const { connecting, close } = await openDatabase({ dataFolder: data })
  try {
    const opened = await openTestLedger({ data, database: connecting })
    try {
      return await work(opened)
    } finally {
      await opened.close()
    }
  } finally {
    await close()
  }
}

// A short drill; `npm run drill:crash` kills hundreds of times.
test(`killed at every named step while clients append, nothing acknowledged is lost or doubled (SEED=${seed})`, async () => {
  const data = temporaryFolder()
  const witness = await startWitness()
  // The first start makes the key, which the witness has to know.
  await withLedger(data, async ({ ledger }) => witness.knows(ledger.vkey))
  const random = seeded(seed)
  const kills: Kill[] = [
    ...steps.map((step): Kill => ({ kind: 'step', step, at: 1 + Math.floor(random() * 2) })),
    ...planKills(1, random, true),
    { kind: 'moment', afterMs: Math.floor(random() * 700) },
    { kind: 'postgres', afterMs: Math.floor(random() * 700) },
  ]
  const program = { data, witnessPolicy: witness.policy.toString() }
  const result = await drill({ program, kills, clients: 4, random })
  expect([...result.kills.keys()]).toEqual(expect.arrayContaining([...steps]))
  await withLedger(data, async ({ ledger }) => {
    await ledger.publishNow()
    expect((await ledger.verify('system:test')).findings).toEqual([])
    await ledger.publishNow()
  })
  expect(await judge(data, result)).toEqual([])
  expect(result.acknowledged.flat().length).toBeGreaterThan(10)
  expect(parseVerifierKey(vkeyOf(data) ?? '').type).toBe('ed25519')
}, 300_000)
