import { expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import { audit, type Audit, type AuditCommand } from './audit.ts'
import { auditEvent } from './events.ts'

const at = '2026-04-02T00:00:00.000Z'
const hash = (letter: string) => letter.repeat(64)
const signature = {
  statement: '{}',
  credentialId: 'c',
  authenticatorData: 'a',
  clientDataJSON: 'd',
  signature: 's',
}

function carriedOut(commands: readonly (readonly [by: string, command: AuditCommand])[]) {
  let state: Audit = audit.initial
  const said: string[] = []
  for (const [by, command] of commands) {
    const decided = audit.decide(command, state, { by, at })
    if (isRefused(decided)) {
      said.push(decided.refused)
      continue
    }
    said.push(decided.map((event) => auditEvent.parse(event).type).join() || 'nothing')
    for (const event of decided) state = audit.evolve(state, event, { by, at })
  }
  return { state, said }
}

const write = (version: number, letter: string): AuditCommand => ({
  type: 'write-description',
  block: 'services',
  version,
  text: { ja: hash(letter), en: hash(letter) },
})
const sign = (digest: string): AuditCommand => ({
  type: 'sign-assertion',
  asOf: '2026-03-31',
  language: 'ja',
  digest,
  signature,
})

test('two people who write a block at once do not overwrite each other', () => {
  const { said, state } = carriedOut([
    ['ai', write(0, 'a')],
    ['ken', write(0, 'b')],
    ['ken', write(1, 'b')],
  ])
  expect(said).toEqual([
    'audit.description-written.v1',
    'description-changed',
    'audit.description-written.v1',
  ])
  expect(state).toMatchObject({ state: 'described', version: 2 })
})

test('writing the text that already stands changes nothing', () => {
  expect(
    carriedOut([
      ['ai', write(0, 'a')],
      ['ken', write(1, 'a')],
    ]).said,
  ).toEqual(['audit.description-written.v1', 'nothing'])
})

test('a signature below the assertion is bound to its text: another text needs another one', () => {
  const { said } = carriedOut([
    ['ai', sign(hash('1'))],
    ['ai', sign(hash('1'))],
    ['ken', sign(hash('1'))],
    ['ai', sign(hash('2'))],
  ])
  expect(said).toEqual([
    'audit.assertion-signed.v1',
    'nothing',
    'audit.assertion-signed.v1',
    'audit.assertion-signed.v1',
  ])
})

test('each report that is handed out is a fact of its own, even when its bytes are the same', () => {
  const made: AuditCommand = {
    type: 'record-report',
    report: {
      asOf: '2026-03-31',
      language: 'ja',
      format: 'pdf',
      prefix: 10,
      checkpoint: 12,
      assertion: 'unsigned',
      sha256: hash('3'),
      size: 9,
    },
  }
  expect(
    carriedOut([
      ['ai', made],
      ['ai', made],
    ]).said,
  ).toEqual(['audit.report-made.v1', 'audit.report-made.v1'])
})
