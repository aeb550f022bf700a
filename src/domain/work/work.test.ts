import { describe, expect, test } from 'vitest'
import type { WorkFacts } from './facts.ts'
import type { PlanDocument } from './plan.ts'
import { personOf, planOf, rosterOf, signedAs, story, storyAt as at } from './testing.ts'

describe('a normal change', () => {
  const approved = () => {
    const it = story('normal')
    it.request()
    it.submit()
    it.assess()
    return it
  }

  test('goes New → Assess → Authorize → Scheduled → Implement', () => {
    const it = story('normal')
    expect([
      it.request(),
      it.submit(),
      it.assess(),
      it.approve('mori', 'customer'),
      it.start(),
    ]).toEqual(['new', 'assess', 'authorize', 'scheduled', 'implement'])
  })

  test('is never assessed by its requester or executor, nor approved by one of ours', () => {
    const it = story('normal')
    it.request()
    it.submit()
    expect([it.assess('aoi'), it.assess('emi')]).toEqual(['work-own-request', 'work-own-execution'])
    it.assess()
    expect(it.approve('dai', 'customer')).toBe('contact-not-on-roster')
  })

  test.each<[string, Partial<WorkFacts>, string]>([
    ['whose contact has left', { roster: rosterOf(['kudo']) }, 'work-approver-gone'],
    [
      'whose contact may approve other systems only',
      { roster: rosterOf(['mori'], { systems: ['mail.acme'], risks: ['normal'] }) },
      'work-approver-gone',
    ],
    ['of a customer who is one no more', { customer: 'ended' }, 'work-customer-inactive'],
    ['in a system that was retired', { systems: new Set() }, 'work-system-inactive'],
    ['by an executor who has left', { house: new Map() }, 'work-executor-inactive'],
  ])('%s does not begin', (_, facts, code) => {
    const it = approved()
    it.approve('mori', 'customer')
    expect(it.start('emi', facts)).toBe(code)
  })

  test('begins in its window, by a named executor, while the approval is fresh', () => {
    const it = story('normal', {
      window: { from: '2026-04-16T00:00:00.000Z', until: '2026-04-17T00:00:00.000Z' },
    })
    it.request()
    it.submit()
    it.assess()
    it.approve('mori', 'customer')
    expect(it.start('emi')).toBe('work-window-not-open')
    expect(it.start('dai', {}, '2026-04-16T01:00:00.000Z')).toBe('work-not-executor')
    expect(it.start('emi', {}, '2026-04-16T01:00:00.000Z')).toBe('work-approval-too-old')
    expect(it.start('emi', {}, '2026-04-17T00:00:00.000Z')).toBe('work-window-not-open')
  })

  test('that destroys needs two contacts', () => {
    const it = story('normal', { risk: 'destructive' })
    it.request()
    it.submit()
    it.assess()
    expect(it.approve('mori', 'customer')).toBe('authorize')
    expect(it.approve('mori', 'customer')).toBe('work-approved-already')
    expect(it.approve('kudo', 'customer')).toBe('scheduled')
  })

  test('loses the approval of a contact who left, and is suspended when he was removed for cause', () => {
    const it = approved()
    it.approve('mori', 'customer')
    const { change, facts } = it
    const left = { ...facts, roster: rosterOf(['kudo']) }
    expect(it.run('sys', { type: 'recheck', change, facts: left })).toBe('authorize')
    expect(it.approve('kudo', 'customer')).toBe('scheduled')
    const again = approved()
    again.approve('mori', 'customer')
    again.start()
    expect(again.run('sys', { type: 'recheck', change, facts: left })).toBe('implement')
    const cause = { ...left, removedForCause: new Set([personOf('mori')]) }
    expect(again.run('sys', { type: 'recheck', change, facts: cause })).toBe('suspended')
  })
})

describe('agreed work', () => {
  test('needs one checker who neither asked for it nor does it; the requester may do it', () => {
    const it = story('standard', { executors: [personOf('aoi')] })
    expect(it.request()).toBe('new')
    expect(it.approve('aoi', 'checker')).toBe('work-own-execution')
    expect([it.approve('ben', 'checker'), it.start('aoi')]).toEqual(['scheduled', 'implement'])
  })

  test.each<[string, Partial<PlanDocument>, string]>([
    [
      'with a value outside of its bounds',
      { model: withWait('61') },
      'work-parameter-out-of-bounds',
    ],
    ['with a value in another notation', { model: withWait('05') }, 'work-parameter-out-of-bounds'],
    ['without a value', { model: withWait(null) }, 'work-parameter-missing'],
    ['on another host', { targets: onHost('db2.acme') }, 'work-model-differs'],
    ['on a host of another customer', { targets: onHost('db1.other') }, 'work-scope-foreign'],
  ])('%s cannot be asked for', (_, changes, code) => {
    expect(story('standard', changes).request()).toBe(code)
  })

  test('does not begin when the agreement was suspended, revoked or has ended meanwhile', () => {
    const it = story('standard')
    it.request()
    it.approve('ben', 'checker')
    const agreement = it.facts.agreement
    if (agreement?.inForce === null || agreement === undefined) throw new Error('no agreement')
    const stopped = { ...agreement, inForce: { ...agreement.inForce, state: 'suspended' as const } }
    expect(it.start('emi', { agreement: stopped })).toBe('agreement-suspended')
    const revoked = { ...agreement, revoked: true, inForce: null }
    expect(it.start('emi', { agreement: revoked })).toBe('agreement-revoked')
    expect(it.start('emi', { today: '2027-01-01' })).toBe('agreement-expired')
    expect(it.run('sys', { type: 'recheck', change: it.change, facts: it.facts })).toBe('scheduled')
    it.start()
    const facts = { ...it.facts, agreement: stopped }
    expect(it.run('sys', { type: 'recheck', change: it.change, facts })).toBe('suspended')
  })

  test('that the customer stopped is not set going by writing it anew', () => {
    const it = story('standard')
    it.request()
    it.approve('ben', 'checker')
    const { change, facts } = it
    expect(it.run('mori', { type: 'withdraw', change, reason: 'no', facts })).toBe('suspended')
    const document = planOf({ kind: 'standard', revision: 2 })
    expect(it.run('aoi', { type: 'revise', change, document, facts })).toBe('work-wrong-state')
  })
})

describe('an emergency', () => {
  const running = () => {
    const it = story('emergency')
    it.request()
    it.approve('ben', 'duty-officer')
    it.approve('dai', 'duty-officer')
    return it
  }

  test('needs two on duty, neither of them the executor, and the customer told before', () => {
    const it = running()
    expect(it.start('emi', {}, at, [])).toBe('work-customer-not-notified')
    expect(it.start()).toBe('implement')
    expect(story('emergency', { executors: [personOf('ben')] }).request()).toBe('authorize')
  })

  test('lasts an hour at most', () => {
    const window = { from: '2026-04-01T00:00:00.000Z', until: '2026-04-01T01:00:00.001Z' }
    expect(story('emergency', { window }).request()).toBe('work-window-too-long')
  })

  test('is closed only when the customer has accepted it and another of ours has reviewed it', () => {
    const it = running()
    it.start()
    const { change, facts, plan } = it
    const finish = { type: 'finish', change, outcome: 'done', note: '' } as const
    expect(it.run('emi', finish)).toBe('review')
    const review = (name: string) => {
      const decision = { act: 'review-work', decision: 'as-approved', note: '' } as const
      const signature = signedAs(name, plan, 'reviewer', decision, facts.roster)
      const said = { change, revision: 1, conclusion: 'as-approved', note: '', signature } as const
      return it.run(name, { type: 'review', ...said, facts, openFindings: 0 })
    }
    expect(review('emi')).toBe('work-own-review')
    expect(review('ben')).toBe('review')
    const answer = (conclusion: 'accepted' | 'objected', note: string) => {
      const decision = { act: 'review-emergency', decision: conclusion, note } as const
      const signature = signedAs('mori', plan, 'customer', decision, facts.roster)
      const said = { change, revision: 1, conclusion, note, signature, facts } as const
      return it.run('mori', { type: 'answer-emergency', ...said })
    }
    expect(answer('objected', '')).toBe('work-reason-missing')
    expect(answer('objected', 'why the database?')).toBe('review')
    expect(answer('accepted', '')).toBe('closed')
  })
})

describe('a credential', () => {
  const publicKey = `ssh-ed25519 ${'A'.repeat(68)}`
  const credential = {
    kind: 'ssh' as const,
    person: personOf('emi'),
    host: 'db1.acme',
    principals: ['db1.acme:ops'],
    publicKey,
    sourceAddress: '192.0.2.1',
    validAfter: at,
    validBefore: '2026-04-01T01:00:00.000Z',
  }
  const running = () => {
    const it = story('normal')
    it.request()
    it.submit()
    it.assess()
    it.approve('mori', 'customer')
    it.start()
    const { change, facts } = it
    const issue = (
      changes: Partial<typeof credential | { host: string; principals: string[] }> = {},
      name = 'emi',
      given = facts,
      when = at,
    ) =>
      it.run(
        name,
        {
          type: 'issue-credential',
          change,
          credential: { ...credential, ...changes },
          facts: given,
        },
        when,
      )
    return { ...it, issue }
  }

  test('is for the executor, a host of the scope, an hour at most, and not after the window', () => {
    const { issue, facts } = running()
    expect(issue()).toBe('implement')
    expect(issue({ host: 'db2.acme', principals: ['db2.acme:ops'] })).toBe('work-credential-scope')
    expect(issue({ principals: ['db1.acme:root'] })).toBe('work-credential-scope')
    expect(issue({}, 'ben')).toBe('work-not-executor')
    expect(issue({}, 'emi', { ...facts, roster: rosterOf([]) })).toBe('work-approver-gone')
    expect(issue({}, 'emi', facts, '2026-04-01T01:00:00.000Z')).toBe('work-window-not-open')
  })

  test('opens no session once it or the change was stopped; the work ends with its sessions', () => {
    const it = running()
    it.issue()
    const { change, run } = it
    const session = (id: string) =>
      ({
        session: `ses_${id.padEnd(26, '0')}`,
        keyId: 'CHG-2026-0001.1.1',
        host: 'db1.acme',
        account: 'ops',
        hopKey: publicKey,
        sourceAddress: '192.0.2.1',
      }) as const
    expect(run('proxy', { type: 'open-session', change, session: session('1') })).toBe('implement')
    expect(run('emi', { type: 'finish', change, outcome: 'done', note: '' })).toBe(
      'work-session-open',
    )
    run('aoi', { type: 'revoke-credential', change, keyId: 'CHG-2026-0001.1.1', reason: 'lost' })
    expect(run('proxy', { type: 'open-session', change, session: session('2') })).toBe(
      'work-credential-unknown',
    )
    const end = {
      session: session('1').session,
      reason: 'revoked',
      exitStatus: null,
      recording: null,
    } as const
    run('proxy', { type: 'end-session', change, end })
    expect(run('emi', { type: 'finish', change, outcome: 'done', note: '' })).toBe('review')
  })
})

function withWait(wait: string | null): PlanDocument['model'] {
  const { model } = planOf({ kind: 'standard' })
  if (model === null) throw new Error('no model')
  return { ...model, parameters: wait === null ? {} : { wait } }
}

function onHost(host: string): PlanDocument['targets'] {
  return planOf().targets.map((target) => ({ ...target, host }))
}
