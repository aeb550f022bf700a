import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adoptControls } from '../../src/contract/criteria.ts'
import {
  getAssertion,
  getDescription,
  getEvidence,
  listEvidence,
  uploadEvidence,
  writeDescription,
} from '../../src/contract/evidence.ts'
import { listEntries } from '../../src/contract/ledger.ts'
import { readPdf } from '../reports/read-pdf.ts'
import { codeOf, openTestSite, type Member, type TestSite } from './test-site.ts'

let site: TestSite
let admin: Member
let lead: Member
let employee: Member
beforeAll(async () => {
  site = await openTestSite()
  admin = await site.setUp()
  lead = await site.join(admin, 'security-lead', 'Ken Mori')
  employee = await site.join(admin, 'employee', 'Mio Abe')
  await lead.call(adoptControls, { body: { controls: ['AC-06', 'GV-03'] } })
})
afterAll(() => site.close())

const bytes = new TextEncoder().encode('every account was looked at\n')
const query = {
  title: 'Access review',
  fileName: 'review.txt',
  controls: 'AC-06',
  from: '2026-01-01',
  to: '2026-03-31',
}
const hash = (body: ArrayBuffer) => createHash('sha256').update(new Uint8Array(body)).digest('hex')

test('a document is uploaded, inspected by another person with a passkey, and downloaded as it was', async () => {
  const { id } = await lead.call(uploadEvidence, { query, body: bytes })
  const own = await lead.ask({ ...getEvidence }, { params: { evidence: id } })
  expect(own.status).toBe(200)
  const inspect = {
    act: 'inspect-evidence',
    evidence: id,
    conclusion: 'accepted',
    note: '',
  } as const
  expect(codeOf(await lead.sign(inspect))).toBe('evidence-own')
  expect((await admin.sign(inspect)).status).toBe(200)
  expect(await lead.call(listEvidence, { query: { control: 'AC-06' } })).toMatchObject([
    { id, state: 'accepted', mediaType: 'text/plain', by: { name: 'Ken Mori' } },
  ])
  const file = await lead.fetch(`/api/evidence/${id}/file`)
  expect(file.headers.get('content-type')).toBe('application/octet-stream')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
})

test('employees neither see evidence nor make reports, and nobody uploads what is not a document', async () => {
  expect((await employee.ask(listEvidence, {})).status).toBe(403)
  const report = '/api/reports/type1?asOf=2026-04-01&language=en&format=json'
  expect((await employee.fetch(report)).status).toBe(403)
  const page = { query, body: new TextEncoder().encode('<html><script>') }
  const refused = await lead.ask(uploadEvidence, page)
  expect([refused.status, codeOf(refused)]).toEqual([409, 'document-web-page'])
})

test('management signs with a passkey, and the PDF shows it beside the checkpoint that covers it', async () => {
  const { blocks } = await admin.call(getDescription, {})
  expect(blocks.length).toBeGreaterThan(10)
  const text = { ja: '当社は{{hosts.count}}台を運用します。', en: 'We run {{hosts.count}} hosts.' }
  await admin.call(writeDescription, { params: { block: 'services' }, body: { text, version: 0 } })
  const late = { params: { block: 'services' }, body: { text, version: 0 } }
  expect(codeOf(await lead.ask(writeDescription, late))).toBe('description-changed')
  const act = { act: 'sign-assertion', asOf: '2026-04-01', language: 'en' } as const
  expect((await lead.sign(act)).status).toBe(403)
  expect((await admin.sign(act)).status).toBe(200)
  const asked = { query: { asOf: '2026-04-01', language: 'en' as const } }
  const assertion = await lead.call(getAssertion, asked)
  expect(assertion.signed?.by.name).toBe('Aoi Sato')

  const report = '/api/reports/type1?asOf=2026-04-01&language=en'
  const json: unknown = await (await lead.fetch(`${report}&format=json`)).json()
  const prefix = String(Reflect.get(Object(Reflect.get(Object(json), 'report')), 'prefix'))
  // Jobs write entries meanwhile; the report of that moment can be asked for all the same.
  const path = `${report}&format=pdf&size=${prefix}`
  const first = await lead.fetch(path)
  expect(first.headers.get('content-disposition')).toContain('soc2-type1-2026-04-01-en.pdf')
  const one = await first.arrayBuffer()
  const other = await (await lead.fetch(path)).arrayBuffer()
  expect(hash(other)).toBe(hash(one))
  const printed = readPdf(new Uint8Array(one)).text.replace(/\s+/g, '')
  expect(printed).toContain('Signedwithapasskey')
  expect(printed).toContain('Werun0hosts.')
  expect(printed).toContain(assertion.digest)
  const made = { query: { type: 'audit.report-made.v1' } }
  expect((await admin.call(listEntries, made)).entries).toMatchObject([
    { by: { name: 'Ken Mori' } },
    { by: { name: 'Ken Mori' } },
    { by: { name: 'Ken Mori' } },
  ])
})

test('a file over the limit is refused before it is kept', async () => {
  const large = { query, body: new Uint8Array(52_428_801) }
  const refused = await lead.ask(uploadEvidence, large)
  expect(refused.status).toBe(413)
})
