import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ReportAsk } from '../../src/app/audit/open.ts'
import { expectRebuildEqual, rowsOf } from '../../src/app/testing.ts'
import { isRefused } from '../../src/domain/decider.ts'
import { ai, ken, openLedgerHouse, sign, succeeds, type LedgerHouse } from './ledger-house.ts'

const text = (words: string) => new TextEncoder().encode(words)
const decoded = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const Printed = z.object({
  counts: z.object({ exceptions: z.object({ open: z.number() }) }),
  report: z.object({
    prefix: z.number(),
    asOf: z.object({ date: z.string(), instant: z.string() }),
    checkpoint: z.object({ size: z.number(), text: z.string() }),
    assertion: z.object({ status: z.string(), markdown: z.string(), digest: z.string() }),
    controls: z.array(z.object({ id: z.string(), evidence: z.array(z.unknown()) })),
    exceptions: z.array(z.object({ id: z.string(), check: z.string(), subject: z.string() })),
  }),
})

async function report(house: LedgerHouse, ask: Partial<ReportAsk> = {}) {
  await house.publish()
  const asked = { asOf: '2026-01-05', language: 'en', format: 'json', ...ask } as const
  return await succeeds(house.audit.makeReport(asked, ai))
}

async function printed(house: LedgerHouse, ask: Partial<ReportAsk> = {}) {
  return Printed.parse(JSON.parse(decoded((await report(house, ask)).bytes))).report
}

async function withControls() {
  const house = await openLedgerHouse()
  await succeeds(house.controls.adopt(['AC-06', 'GV-03'], ai))
  return house
}

const upload = (changes: Partial<Parameters<LedgerHouse['evidence']['upload']>[0]> = {}) => ({
  title: 'Access review',
  fileName: 'review.txt',
  controls: ['AC-06'],
  from: '2025-10-01',
  to: '2025-12-31',
  bytes: text('all accounts reviewed'),
  ...changes,
})

test('the same day printed again, in each format, gives the same bytes, also after others were handed one', async () => {
  const house = await withControls()
  for (const format of ['json', 'markdown', 'pdf'] as const) {
    const first = await report(house, { format })
    await report(house, { format, language: 'ja' })
    const again = await report(house, { format })
    expect(hash(again.bytes)).toBe(hash(first.bytes))
    expect(again.prefix).toBe(first.prefix)
  }
  expect(await rowsOf(house.engine, 'select count(*) as made from reports_made')).toEqual([
    { made: 9 },
  ])
  await expectRebuildEqual(house.engine)
})

test('a year later, from a program that has forgotten everything, the same day prints the same bytes', async () => {
  const house = await withControls()
  const noon = await report(house, { language: 'ja', format: 'markdown' })
  house.clock.set('2026-01-05T14:00:00Z')
  await succeeds(house.controls.adopt(['RK-01'], ai))
  house.clock.set('2026-01-06T00:00:00Z')
  const whole = await report(house, { language: 'ja', format: 'markdown' })
  expect(whole.prefix).toBeGreaterThan(noon.prefix)
  house.clock.set('2027-01-06T00:00:00Z')
  await succeeds(house.controls.retire('RK-01', 'Not needed', ai))
  const ask = { asOf: '2026-01-05', language: 'ja', format: 'markdown' } as const
  const later = await succeeds(house.elsewhere(ask))
  expect(hash(later.bytes)).toBe(hash(whole.bytes))
  const noonAgain = await succeeds(house.elsewhere({ ...ask, size: noon.prefix }))
  expect(hash(noonAgain.bytes)).toBe(hash(noon.bytes))
})

test('a report names its prefix and a published checkpoint that covers it', async () => {
  const house = await withControls()
  const { prefix, checkpoint } = await printed(house)
  expect(checkpoint.size).toBeGreaterThanOrEqual(prefix)
  expect((await house.publication.covering(prefix))?.text).toBe(checkpoint.text)
})

test('every exception that the checks find is in the report, and retiring its control hides none', async () => {
  const house = await withControls()
  const before = await printed(house)
  const judged = await house.judging.judge(await house.engine.views())
  expect(before.exceptions.map(({ id }) => id).sort()).toEqual(
    judged.exceptions.map(({ id }) => id).sort(),
  )
  expect(before.exceptions.length).toBeGreaterThan(0)
  await succeeds(house.controls.retire('AC-06', 'We do not like its result', ai))
  const after = await printed(house)
  expect(after.controls.map(({ id }) => id)).toEqual(['GV-03'])
  const stillJudged = await house.judging.judge(await house.engine.views())
  expect(after.exceptions).toHaveLength(stillJudged.exceptions.length)
})

test('evidence counts in the report only as others concluded, never as it was uploaded', async () => {
  const house = await withControls()
  const { id } = await succeeds(house.evidence.upload(upload(), ai))
  const evidenceOf = async () =>
    (await printed(house)).controls.find((control) => control.id === 'AC-06')?.evidence
  expect(await evidenceOf()).toMatchObject([{ conclusion: 'none', inspectedBy: null }])
  const inspect = {
    act: 'inspect-evidence',
    evidence: id,
    conclusion: 'accepted',
    note: '',
  } as const
  expect(await sign(house.evidence.acts, inspect, ai)).toMatchObject({ refused: 'evidence-own' })
  await succeeds(sign(house.evidence.acts, inspect, ken))
  expect(await evidenceOf()).toMatchObject([{ conclusion: 'accepted' }])
})

test('management signs the exact text of a day; the report of that day shows it, and another day does not', async () => {
  const house = await withControls()
  house.clock.set('2026-01-07T00:00:00Z')
  const act = { act: 'sign-assertion', asOf: '2026-01-05', language: 'ja' } as const
  const unsigned = await printed(house, { language: 'ja' })
  expect(unsigned.assertion.status).toBe('unsigned')
  await succeeds(sign(house.audit.acts, act, ai))
  const signed = await printed(house, { language: 'ja' })
  expect(signed.assertion).toMatchObject({ status: 'signed', digest: unsigned.assertion.digest })
  expect(signed.prefix).toBe(unsigned.prefix)
  expect((await printed(house, { language: 'en' })).assertion.status).toBe('unsigned')
  expect((await printed(house, { asOf: '2026-01-06', language: 'ja' })).assertion.status).toBe(
    'unsigned',
  )
  const read = await house.audit.assertion({ asOf: '2026-01-05', language: 'ja' })
  expect(read).toMatchObject({ digest: signed.assertion.digest, signed: { by: { id: ai } } })
  expect(hash(text(signed.assertion.markdown))).toBe(signed.assertion.digest)
})

test('a row that somebody puts into the view without an entry makes no assertion signed', async () => {
  const house = await withControls()
  const { assertion } = await printed(house)
  const insider = new Client(house.database)
  await insider.connect()
  await insider.query(
    `insert into views.assertion_signatures
     values (0, '2026-01-05', 'en', $1, $2, now(), 'cred'), (99, '2026-01-05', 'en', $1, $2, now(), 'cred')`,
    [assertion.digest, ai],
  )
  await insider.end()
  expect((await printed(house)).assertion.status).toBe('unsigned')
})

test('a signature for today is void once the facts of today are others', async () => {
  const house = await withControls()
  const act = { act: 'sign-assertion', asOf: '2026-01-05', language: 'en' } as const
  await succeeds(sign(house.audit.acts, act, ai))
  expect((await printed(house)).assertion.status).toBe('signed')
  await succeeds(house.controls.adopt(['RK-01'], ai))
  expect((await printed(house)).assertion.status).toBe('unsigned')
})

test('a signature that was prepared before the facts changed is refused', async () => {
  const house = await withControls()
  const [act] = house.audit.acts
  const signer = { person: ai, role: 'administrator' } as const
  const asked = { act: 'sign-assertion', asOf: '2026-01-05', language: 'en' } as const
  const statement = await act?.statement(asked, signer)
  await succeeds(house.controls.adopt(['RK-01'], ai))
  const signature = {
    statement: '{}',
    credentialId: 'c',
    authenticatorData: 'a',
    clientDataJSON: 'd',
    signature: 's',
  }
  expect(await act?.carryOut({ ...statement }, signature, signer)).toMatchObject({
    refused: 'assertion-changed',
  })
})

test('section III keeps its versions, and a past day shows the text of that day', async () => {
  const house = await withControls()
  const write = (version: number, words: string) =>
    house.audit.writeDescription(
      { block: 'services', version, text: { ja: `${words}です`, en: words } },
      ai,
    )
  await succeeds(write(0, 'First text of {{organisation.name.en}}'))
  expect(await write(0, 'Somebody else')).toMatchObject({ refused: 'description-changed' })
  expect(
    await house.audit.writeDescription(
      { block: 'no-such', version: 0, text: { ja: 'a', en: 'a' } },
      ai,
    ),
  ).toMatchObject({ refused: 'description-block-unknown' })
  house.clock.set('2026-01-06T03:00:00Z')
  await succeeds(write(1, 'Second text'))
  const past = decoded((await report(house, { format: 'markdown' })).bytes)
  expect(past).toContain('First text of Hikari K.K.')
  expect(past).not.toContain('Second text')
  const now = await succeeds(house.audit.description())
  expect(now.blocks.find(({ id }) => id === 'services')).toMatchObject({
    version: 2,
    edited: true,
    toFill: { ja: 0, en: 0 },
  })
  expect(now.blocks.find(({ id }) => id === 'data')).toMatchObject({ version: 0, edited: false })
})

test('a day that has not come, a day before the ledger began and a silent publisher are refused', async () => {
  const house = await withControls()
  const refusal = async (ask: Partial<ReportAsk>) => {
    const asked = { asOf: '2026-01-05', language: 'en', format: 'json', ...ask } as const
    const made = await house.audit.makeReport(asked, ai)
    return isRefused(made) ? made.refused : 'made'
  }
  expect(await refusal({ asOf: '2026-01-06' })).toBe('report-day-not-come')
  expect(await refusal({ asOf: '2026-01-04' })).toBe('report-day-too-early')
  expect(await refusal({})).toBe('report-checkpoint-pending')
  expect(house.faults).toEqual([])
})
