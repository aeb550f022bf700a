import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { documentBytes } from '../../domain/policies/document.ts'
import {
  admin,
  importList,
  lead,
  list,
  openAccount,
  openPractice,
  reader,
  sign,
} from '../people/testing.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'

const asLead = { person: lead, role: 'security-lead' } as const
const asReader = { person: reader, role: 'employee' } as const

const own = {
  policy: 'remote-work',
  title: { ja: '在宅勤務規程', en: 'Remote work policy' },
  text: { ja: '画面をのぞかれない。', en: 'Let nobody see the screen.' },
  ownerRole: 'security-lead',
  audience: 'everyone',
  reviewMonths: 12,
  change: 'First version',
  after: 0,
} as const

const approve = (policy: string, version: number) =>
  ({ act: 'approve-policy', policy, version }) as const
const acknowledge = (policy: string, version: number) =>
  ({ act: 'acknowledge-policy', policy, version }) as const

test('the starter set is twelve policies in both languages, adopted as drafts in one go', async () => {
  const practice = await openPractice()
  const { policies, starters, engine } = practice
  const ids = starters.map(({ document }) => document.policy)
  expect(ids).toHaveLength(12)
  for (const { document } of starters) {
    expect(document.text.ja).toMatch(/[ぁ-ん]/)
    expect(document.text.en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    expect(document.text.ja.length).toBeGreaterThan(1_000)
    expect(document.text.en.length).toBeGreaterThan(2_500)
    expect(headings(document.text.ja)).toBe(headings(document.text.en))
  }
  expect(await policies.adopt(ids, admin)).toEqual({ first: 1, last: 12 })
  expect(await policies.adopt(ids, admin)).toEqual({ first: null, last: null })
  expect(await policies.adopt(['no-such'], admin)).toMatchObject({ refused: 'starter-unknown' })
  const shown = await policies.list(asLead)
  expect(shown.starters).toEqual([])
  expect(shown.policies).toHaveLength(12)
  expect(shown.policies[0]).toMatchObject({ state: 'draft', version: null, reviewDue: null })
  await expectRebuildEqual(engine)
})

test('the digest that is signed is that of the document: both texts and what goes with them', async () => {
  const practice = await openPractice()
  const { policies } = practice
  expect(await policies.draft(own, admin)).toEqual({ first: 1, last: 1, version: 1 })
  const { change: _, after: __, ...document } = own
  const digest = createHash('sha256').update(documentBytes(document)).digest('hex')
  const approval = policies.acts.find(({ act }) => act === 'approve-policy')
  const statement = await approval?.statement(approve(own.policy, 1), asLead)
  expect(statement).toEqual({
    act: 'approve-policy',
    policy: own.policy,
    version: 1,
    document: digest,
    title: own.title,
    effect: 'in-force',
  })
  expect(await policies.get(own.policy, asLead)).toMatchObject({ versions: [{ digest }] })
})

test('nobody approves what they wrote: not when it is worded, and not when it is carried out', async () => {
  const practice = await openPractice()
  await practice.policies.draft(own, admin)
  expect(await sign(practice, approve(own.policy, 1), admin)).toMatchObject({
    refused: 'policy-own',
  })
  const act = practice.policies.acts.find((one) => one.act === 'approve-policy')
  const statement = await act?.statement(approve(own.policy, 1), asLead)
  if (act === undefined || statement === undefined || isRefused(statement)) throw new Error()
  const signer = { person: admin, role: 'administrator' } as const
  const signature = {
    statement: '{}',
    credentialId: 'c',
    authenticatorData: 'a',
    clientDataJSON: 'j',
    signature: 's',
  }
  expect(await act.carryOut(statement, signature, signer)).toMatchObject({ refused: 'policy-own' })
  expect(await act.carryOut({ ...statement, document: 'x' }, signature, asLead)).toMatchObject({
    refused: 'policy-changed',
  })
})

test('a version that was edited after the approver had it open cannot be approved any more', async () => {
  const practice = await openPractice()
  const { policies } = practice
  await policies.draft(own, admin)
  const act = policies.acts.find((one) => one.act === 'approve-policy')
  const statement = await act?.statement(approve(own.policy, 1), asLead)
  if (act === undefined || statement === undefined || isRefused(statement)) throw new Error()
  await policies.draft({ ...own, text: { ...own.text, en: 'Changed.' }, after: 1 }, admin)
  const signature = {
    statement: '{}',
    credentialId: 'c',
    authenticatorData: 'a',
    clientDataJSON: 'j',
    signature: 's',
  }
  expect(await act.carryOut(statement, signature, asLead)).toMatchObject({
    refused: 'policy-changed',
  })
  expect(await policies.list(asLead)).toMatchObject({ policies: [{ state: 'draft' }] })
})

test('a new draft leaves what is in force; readers sign that, once, and only that', async () => {
  const practice = await openPractice()
  const { engine, policies, clock } = practice
  await openAccount(practice, reader, 'hana@example.jp')
  await importList(practice, list('2,髙橋 花子,hana@example.jp,運用部,,,2020-04-01,'))
  await policies.draft(own, admin)
  expect(await sign(practice, acknowledge(own.policy, 1), reader)).toMatchObject({
    refused: 'policy-not-in-force',
  })
  await sign(practice, approve(own.policy, 1), lead)
  await policies.draft({ ...own, text: { ...own.text, en: 'New.' }, after: 1 }, admin)
  expect(await policies.list(asReader)).toMatchObject({
    policies: [
      {
        state: 'approved-with-draft',
        version: 1,
        required: 1,
        acknowledged: 0,
        reviewDue: '2027-04-01',
        mine: { required: true, acknowledged: false },
      },
    ],
  })
  const signed = await sign(practice, acknowledge(own.policy, 1), reader)
  expect(await sign(practice, acknowledge(own.policy, 1), reader)).toEqual(signed)
  expect(await sign(practice, acknowledge(own.policy, 2), reader)).toMatchObject({
    refused: 'policy-not-in-force',
  })
  expect(await policies.get(own.policy, asReader)).toMatchObject({
    acknowledged: 1,
    mine: { acknowledged: true },
    versions: [{ version: 1 }],
    readers: [{ person: { id: reader, name: '髙橋 花子' } }],
  })
  expect(await policies.get(own.policy, asLead)).toMatchObject({
    versions: [
      { version: 2, approval: null },
      { version: 1, approval: { by: { id: lead } } },
    ],
  })
  clock.advance({ days: 1 })
  await sign(practice, approve(own.policy, 2), lead)
  expect(await policies.list(asReader)).toMatchObject({
    policies: [{ version: 2, acknowledged: 0, mine: { acknowledged: false } }],
  })
  expect(await policies.list(asReader, '2026-04-01')).toMatchObject({
    policies: [{ version: 1, acknowledged: 1, mine: { acknowledged: true } }],
  })
  await expectRebuildEqual(engine)
})

test('people who only follow policies see none that was never approved', async () => {
  const { policies } = await openPractice()
  await policies.draft(own, admin)
  expect(await policies.list(asReader)).toMatchObject({ policies: [] })
  expect(await policies.get(own.policy, asReader)).toMatchObject({ refused: 'policy-unknown' })
})

test('a review without a change is a signature too, and moves the day when the next is due', async () => {
  const practice = await openPractice()
  const { engine, policies, clock } = practice
  await policies.draft(own, admin)
  await sign(practice, approve(own.policy, 1), lead)
  clock.set('2027-03-20T00:00:00Z')
  expect(await sign(practice, approve(own.policy, 1), admin)).toMatchObject({
    refused: 'policy-own',
  })
  await sign(practice, approve(own.policy, 1), reader)
  expect(await policies.get(own.policy, asLead)).toMatchObject({
    state: 'approved',
    approvedAt: '2026-04-01T00:00:00.000Z',
    reviewDue: '2028-03-20',
    reviews: [{ version: 1, by: { id: reader } }],
  })
  await expectRebuildEqual(engine)
})

test('a withdrawn policy is out of force and keeps its history; a new draft brings it back', async () => {
  const practice = await openPractice()
  const { engine, policies } = practice
  await policies.adopt(['access-control'], admin)
  await sign(practice, approve('access-control', 1), lead)
  await policies.withdraw('access-control', 'Merged into another', lead)
  expect(await policies.get('access-control', asLead)).toMatchObject({
    state: 'withdrawn',
    version: null,
    withdrawal: { by: { id: lead }, reason: 'Merged into another' },
    versions: [{ version: 1, approval: { by: { id: lead } } }],
  })
  expect(await sign(practice, acknowledge('access-control', 1), reader)).toMatchObject({
    refused: 'policy-not-in-force',
  })
  await policies.adopt(['access-control'], admin)
  expect(await policies.list(asLead)).toMatchObject({
    policies: [{ state: 'draft', version: null }],
  })
  await expectRebuildEqual(engine)
})

test('two authors who edit at once: the second is told that there is a newer version', async () => {
  const { policies } = await openPractice()
  await policies.draft(own, admin)
  const edits = await Promise.all([
    policies.draft({ ...own, text: { ja: '甲', en: 'A' }, after: 1 }, admin),
    policies.draft({ ...own, text: { ja: '乙', en: 'B' }, after: 1 }, lead),
  ])
  expect(edits.filter(isRefused)).toMatchObject([{ refused: 'policy-changed' }])
})

test('Markdown with scripts is kept as it was written; control characters are refused', async () => {
  const { engine, policies } = await openPractice()
  const script = '# T\n<script>alert(1)</script>\n[x](javascript:alert(1))'
  await policies.draft({ ...own, text: { ja: script, en: script } }, admin)
  expect(await rowsOf(engine, 'select text_en from policy_versions')).toEqual([{ text_en: script }])
  const odd = { ...own, policy: 'odd', text: { ja: 'あ\u0000', en: 'x' } }
  expect(await policies.draft(odd, admin)).toMatchObject({ refused: 'policy-text-unreadable' })
  const lone = { ...own, policy: 'odd', text: { ja: '\ud800', en: 'x' } }
  expect(await policies.draft(lone, admin)).toMatchObject({ refused: 'policy-text-unreadable' })
})

/** The numbers of the headings: both languages have the same chapters. */
function headings(markdown: string): string {
  return (markdown.match(/^## \d+/gm) ?? []).join()
}
