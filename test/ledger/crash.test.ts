import { expect, test } from 'vitest'
import { vkeyOf } from '../../src/store/key-folder.ts'
import { drill, firstStart, planKills, seeded, verifyAfter } from './drill/drill.ts'
import type { Kill } from './drill/drill.ts'
import { judge } from './drill/judge.ts'
import { steps } from './drill/steps.ts'
import { temporaryFolder } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

// A short drill; `npm run drill:crash` kills hundreds of times.
test(`killed at every named step while clients append, nothing acknowledged is lost or doubled (SEED=${seed})`, async () => {
  const data = temporaryFolder()
  const witness = await startWitness()
  await firstStart({ data })
  await witness.knows(vkeyOf(data) ?? '')
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
  const { findings } = await verifyAfter(program)
  expect(findings).toEqual([])
  expect(await judge(data, result)).toEqual([])
  expect(result.acknowledged.flat().length).toBeGreaterThan(10)
}, 600_000)
