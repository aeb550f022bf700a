import { expect, test } from 'vitest'
import { evidenceChecks } from '../../domain/evidence/checks.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import { openHouse, person, sign, succeeds } from '../judging/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import { openEvidence, type Upload } from './open.ts'

const { lead, admin, operator } = person
const text = (words: string) => new TextEncoder().encode(words)

const document = (changes: Partial<Upload> = {}): Upload => ({
  title: 'Review of accounts',
  fileName: 'review.csv',
  controls: ['AC-06'],
  from: '2025-10-01',
  to: '2025-12-31',
  bytes: text('account,kept\na,yes\n'),
  ...changes,
})

async function openedHouse() {
  const house = await openHouse({ checks: evidenceChecks, startAt: '2026-01-05T00:00:00Z' })
  await succeeds(house.controls.adopt(['AC-06'], lead))
  const upload = (changes: Partial<Upload> = {}, by = operator) =>
    house.evidence.upload(document(changes), by)
  const inspect = (evidence: string, conclusion: 'accepted' | 'rejected', by: string) =>
    sign(
      house.evidence.acts,
      { act: 'inspect-evidence', evidence, conclusion, note: 'I looked at each line.' },
      by,
    )
  const found = async (id: string) => {
    const judged = await house.judging.judge(await house.engine.views(), 'exactly')
    return judged.exceptions
      .filter(({ check, state }) => check === id && state !== 'fixed')
      .map(({ code }) => code)
  }
  return { ...house, upload, inspect, found }
}

const refusalOf = async (answer: Promise<object | Refused>) => {
  const given = await answer
  return isRefused(given) ? given.refused : 'done'
}

test('a document is kept with the period it shows, apart from when it was uploaded', async () => {
  const { upload, evidence, engine } = await openedHouse()
  const { id } = await succeeds(upload())
  expect(await succeeds(evidence.get(id))).toMatchObject({
    title: 'Review of accounts',
    fileName: 'review.csv',
    mediaType: 'text/plain',
    from: '2025-10-01',
    to: '2025-12-31',
    uploadedAt: '2026-01-05T00:00:00.000Z',
    controls: ['AC-06'],
    state: 'awaiting-inspection',
    by: { id: operator, name: 'operator' },
    inspections: [],
  })
  await expectRebuildEqual(engine)
})

test('the same document uploaded twice is one; another period or control makes it another', async () => {
  const { upload, engine } = await openedHouse()
  const first = await succeeds(upload())
  const again = await succeeds(upload({ title: 'Another title' }))
  expect(again).toEqual({ id: first.id, first: null, last: null })
  const other = await succeeds(upload({ from: '2025-11-01' }))
  expect(other.id).not.toBe(first.id)
  expect(await rowsOf(engine, 'select count(*) as kept from evidence')).toEqual([{ kept: 2 }])
})

test('a download is always an attachment without a type, under a name and not a path', async () => {
  const { upload, evidence } = await openedHouse()
  const { id } = await succeeds(upload({ fileName: '..\\..\\etc/pass\u202ewd.csv' }))
  const file = await succeeds(evidence.file(id))
  expect(file).toMatchObject({ mediaType: 'application/octet-stream', fileName: 'passwd.csv' })
  expect(file.bytes).toEqual(document().bytes)
})

test('what must not be kept is refused before anything is written', async () => {
  const { upload, engine, blobs } = await openedHouse()
  const { size } = await engine.views()
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*']
  const said = [
    await refusalOf(upload({ bytes: text('<html>') })),
    await refusalOf(upload({ bytes: text(eicar.join('')) })),
    await refusalOf(upload({ controls: ['AC-99'] })),
    await refusalOf(upload({ controls: [] })),
    await refusalOf(upload({ to: '2026-01-06' })),
    await refusalOf(upload({ from: '2026-01-01', to: '2025-12-31' })),
  ]
  expect(said).toEqual([
    'document-web-page',
    'evidence-virus-found',
    'evidence-control-unknown',
    'evidence-controls-missing',
    'evidence-period-not-over',
    'evidence-period-backwards',
  ])
  expect((await engine.views()).size).toBe(size)
  const infected = openEvidence(
    { ...engine, open: () => ({ ask: never, handle: never, state: never }) },
    { blobs, scan: () => Promise.resolve('infected') },
  )
  expect(await refusalOf(infected.upload(document(), operator))).toBe('evidence-virus-found')
})

function never(): never {
  throw new Error('nothing may be decided about an infected file')
}

test('an inspection is bound to the very document and never by its uploader', async () => {
  const { upload, inspect, evidence } = await openedHouse()
  const { id } = await succeeds(upload())
  expect(await refusalOf(inspect(id, 'accepted', operator))).toBe('evidence-own')
  await succeeds(inspect(id, 'accepted', admin))
  expect(await succeeds(evidence.get(id))).toMatchObject({
    state: 'accepted',
    inspections: [{ by: { id: admin }, conclusion: 'accepted', note: 'I looked at each line.' }],
  })
  const [act] = evidence.acts
  const signer = { person: lead, role: 'administrator' } as const
  const asked = { act: 'inspect-evidence', evidence: id, conclusion: 'accepted', note: '' } as const
  const statement = await act?.statement(asked, signer)
  const altered = { ...statement, sha256: 'f'.repeat(64) }
  const signature = {
    statement: '{}',
    credentialId: 'c',
    authenticatorData: 'a',
    clientDataJSON: 'd',
    signature: 's',
  }
  expect(await act?.carryOut(altered, signature, signer)).toMatchObject({
    refused: 'evidence-changed',
  })
})

test('a control that needs evidence is an exception until an accepted document is recent enough', async () => {
  const { upload, inspect, found, clock } = await openedHouse()
  expect(await found('evidence-current')).toEqual(['evidence-none'])
  const { id } = await succeeds(upload())
  expect(await found('evidence-current')).toEqual(['evidence-not-inspected'])
  await succeeds(inspect(id, 'accepted', admin))
  expect(await found('evidence-current')).toEqual([])
  clock.set('2026-04-14T00:00:00Z')
  expect(await found('evidence-current')).toEqual([])
  clock.set('2026-04-15T00:00:00Z')
  expect(await found('evidence-current')).toEqual(['evidence-old'])
})

test('a rejected document does not count, and nothing undoes it', async () => {
  const { upload, inspect, found } = await openedHouse()
  const { id } = await succeeds(upload())
  await succeeds(inspect(id, 'accepted', admin))
  await succeeds(inspect(id, 'rejected', lead))
  expect(await found('evidence-current')).toEqual(['evidence-rejected'])
  expect(await refusalOf(inspect(id, 'accepted', admin))).toBe('evidence-rejected')
  expect(await refusalOf(upload())).toBe('evidence-rejected')
})

test('a document that nobody inspects for two weeks is an exception', async () => {
  const { upload, found, clock } = await openedHouse()
  await succeeds(upload())
  clock.set('2026-01-19T00:00:00Z')
  expect(await found('evidence-inspected')).toEqual([])
  clock.set('2026-01-19T00:00:01Z')
  expect(await found('evidence-inspected')).toEqual(['not-inspected'])
})

test('acceptance by the owner of the control alone is an exception', async () => {
  const { upload, inspect, found, controls, organisation: _ } = await openedHouse()
  await succeeds(controls.assignOwner('AC-06', admin, lead))
  const { id } = await succeeds(upload())
  await succeeds(inspect(id, 'accepted', admin))
  expect(await found('evidence-inspected-independently')).toEqual(['own-control'])
  await succeeds(inspect(id, 'accepted', lead))
  expect(await found('evidence-inspected-independently')).toEqual([])
})

test('one document for a whole year of a quarterly control, or one made long after, is an exception', async () => {
  const { upload, found } = await openedHouse()
  await succeeds(upload())
  expect(await found('evidence-period-fits')).toEqual([])
  await succeeds(upload({ from: '2025-01-01' }))
  expect(await found('evidence-period-fits')).toEqual(['period-long'])
  expect(await found('evidence-timely')).toEqual([])
  await succeeds(upload({ from: '2025-07-01', to: '2025-09-30' }))
  expect(await found('evidence-timely')).toEqual(['uploaded-late'])
})
