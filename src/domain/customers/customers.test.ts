import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import type { Signature } from '../signature.ts'
import { monthsAfter, usableAgreement } from './agreements.ts'
import { customers } from './customers.ts'
import type { Customer, CustomersCommand, Present } from './customer.ts'
import { customersEvent } from './events.ts'
import { covers, rosterDigest } from './roster.ts'
import type { Entitlement } from './words.ts'

const customer = 'acme'
const start = Date.parse('2026-04-01T00:00:00.000Z')
const hours = (count: number) => new Date(start + count * 3_600_000).toISOString()
const person = (name: string) => `per_${name.padEnd(26, '0')}`
const [anna, ben, chie] = [person('anna'), person('ben'), person('chie')]
const [mori, ota, eve] = [person('mori'), person('ota'), person('eve')]
const all: Entitlement = { systems: 'all', risks: ['normal', 'destructive', 'emergency-review'] }
const document = 'd'.repeat(64)
const contract = `con_${'0'.repeat(26)}`
const agreement = `agr_${'0'.repeat(26)}`

describe('the roster', () => {
  test('whatever three of our people do, no key counts unless two who did not invite confirm it', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        let state = registered()
        const confirmed = new Map<string, Set<string>>()
        const inviter = new Map<string, string>()
        const own: boolean[] = []
        moves.forEach(({ by, command }, at) => {
          const next = attempt(state, at, by, command)
          if (next === null) return
          if (command.type === 'invite-contact') inviter.set(command.person, by)
          if (command.type === 'confirm-contract-key') {
            const key = command.key.credentialId
            confirmed.set(key, (confirmed.get(key) ?? new Set()).add(by))
            own.push(inviter.get(command.person) === by)
          }
          state = next
        })
        expect(own).not.toContain(true)
        for (const contact of present(state).roster.contacts.values()) {
          for (const { credentialId } of contact.keys) {
            expect(confirmed.get(credentialId)?.size ?? 0).toBeGreaterThanOrEqual(2)
          }
        }
      }),
      { numRuns: 1_500 },
    )
  })

  test('has a new version and digest with every change, and the same digest for the same facts', () => {
    const one = withContacts()
    const two = given(one, 5, ota, [entitle(mori, { systems: 'all', risks: ['normal'] }, 'ota')])
    expect(present(two).roster.version).toBe(present(one).roster.version + 1)
    expect(rosterDigest(present(two).roster)).not.toBe(rosterDigest(present(one).roster))
    const back = given(two, 6, ota, [entitle(mori, all, 'ota')])
    const mixed = { systems: 'all', risks: ['normal', 'emergency-review', 'destructive'] } as const
    const other = given(two, 6, ota, [entitle(mori, { ...mixed, risks: [...mixed.risks] }, 'ota')])
    expect(rosterDigest(present(other).roster)).toBe(rosterDigest(present(back).roster))
  })

  test('a contact with another key countersigned loses the earlier one', () => {
    const renewed = given(withContacts(), 5, mori, [countersign(ota, 'new', 'mori')])
    const keys = present(renewed).roster.contacts.get(ota)?.keys ?? []
    expect(keys.map(({ credentialId }) => credentialId)).toEqual(['new'])
    const late = entitle(mori, all, 'ota')
    expect(ask(renewed, 6, ota, late)).toBe('countersigner-not-on-roster')
  })

  test('nobody vouches for himself, nor a key that was lost for anybody', () => {
    const state = withContacts()
    expect(ask(state, 5, mori, countersign(mori, 'new', 'mori'))).toBe('contact-own-key')
    expect(ask(state, 5, mori, entitle(mori, all, 'mori'))).toBe('contact-own-key')
    const lost = given(state, 5, anna, [
      { type: 'revoke-contact-key', customer, person: mori, credentialId: 'mori' },
      { type: 'invite-contact', customer, person: eve, entitlement: all },
    ])
    expect(ask(lost, 6, mori, countersign(eve, 'eve', 'mori'))).toBe('countersigner-not-on-roster')
  })

  test('an entitlement covers only its systems and risks', () => {
    const some: Entitlement = { systems: ['billing.acme'], risks: ['normal'] }
    expect(covers(some, { systems: ['billing.acme'], risk: 'normal' })).toBe(true)
    expect(covers(some, { systems: ['billing.acme', 'shop.acme'], risk: 'normal' })).toBe(false)
    expect(covers(some, { systems: ['billing.acme'], risk: 'destructive' })).toBe(false)
  })
})

describe('an agreement', () => {
  test('lives at most twelve months, and ends after today', () => {
    const state = withContacts()
    expect(ask(state, 5, anna, draft(1, '2027-04-01'))).toBe('done')
    expect(ask(state, 5, anna, draft(1, '2027-04-02'))).toBe('agreement-too-long')
    expect(ask(state, 5, anna, draft(1, '2026-04-01'))).toBe('agreement-expired')
    expect(monthsAfter('2027-02-28', 12)).toBe('2028-02-28')
    expect(monthsAfter('2028-02-29', 12)).toBe('2029-02-28')
  })

  test('is in force by a contact’s signature alone, and a newer version voids it', () => {
    const drafted = given(withContacts(), 5, anna, [draft(1, '2026-12-31')])
    expect(ask(drafted, 6, anna, signature(1, 'anna'))).toBe('contact-not-on-roster')
    expect(ask(drafted, 6, mori, signature(1, 'ota'))).toBe('contact-not-on-roster')
    const signed = given(drafted, 6, mori, [signature(1, 'mori')])
    expect(usable(signed, 1)).toBe('usable')
    const next = given(signed, 7, anna, [draft(2, '2026-11-30')])
    expect([usable(next, 1), usable(next, 2)]).toEqual(['usable', 'agreement-changed'])
    const voided = given(next, 8, ota, [signature(2, 'ota')])
    expect([usable(voided, 1), usable(voided, 2)]).toEqual(['agreement-changed', 'usable'])
    expect(usable(voided, 2, '2026-12-01')).toBe('agreement-expired')
  })

  test('suspended it goes on only after the customer signs again; revoked never', () => {
    const signed = given(
      withContacts(),
      5,
      anna,
      [draft(1, '2026-12-31')],
      [mori, signature(1, 'mori')],
    )
    const why = 'run-failed' as const
    const suspended = given(signed, 6, 'system:work', [
      { type: 'suspend-agreement', customer, agreement, why, reason: 'exit status 1' },
    ])
    expect(usable(suspended, 1)).toBe('agreement-suspended')
    const again = given(suspended, 7, ota, [signature(1, 'ota')])
    expect(usable(again, 1)).toBe('usable')
    const revoked = given(again, 8, ben, [
      { type: 'revoke-agreement', customer, agreement, reason: 'r' },
    ])
    expect(usable(revoked, 1)).toBe('agreement-revoked')
    expect(ask(revoked, 9, mori, signature(1, 'mori'))).toBe('agreement-revoked')
    expect(ask(revoked, 9, anna, draft(2, '2026-12-31'))).toBe('agreement-revoked')
  })

  test('whose signer has left is void after 30 days unless another has signed', () => {
    const signed = given(
      withContacts(),
      5,
      anna,
      [draft(1, '2026-12-31')],
      [mori, signature(1, 'mori')],
    )
    const left = given(signed, 6, anna, [
      { type: 'remove-contact', customer, person: mori, why: 'left', today: '2026-04-01' },
    ])
    expect(usable(left, 1, '2026-05-01')).toBe('usable')
    expect(usable(left, 1, '2026-05-02')).toBe('agreement-resign-overdue')
    expect(usable(given(left, 7, ota, [signature(1, 'ota')]), 1, '2026-05-02')).toBe('usable')
  })

  test('destructive work takes a contact who may approve it', () => {
    const weak = given(withContacts(), 5, mori, [
      entitle(ota, { systems: 'all', risks: ['normal'] }, 'mori'),
    ])
    const drafted = given(weak, 6, anna, [draft(1, '2026-12-31', 'destructive')])
    expect(ask(drafted, 7, ota, signature(1, 'ota'))).toBe('contact-not-entitled')
    expect(ask(drafted, 7, mori, signature(1, 'mori'))).toBe('done')
  })
})

describe('a customer', () => {
  test('a code is taken once, and a customer that ended changes no more', () => {
    const state = registered()
    expect(ask(state, 1, anna, { type: 'describe', customer, version: 1, document })).toBe(
      'customer-exists',
    )
    expect(ask(state, 1, anna, { type: 'describe', customer, version: 3, document })).toBe(
      'customer-changed',
    )
    const ended = given(state, 1, anna, [{ type: 'end', customer, reason: 'r' }])
    expect(ask(ended, 2, anna, draft(1, '2026-12-31'))).toBe('customer-ended')
  })
})

type Move = { readonly by: string; readonly command: CustomersCommand }
const house = fc.constantFrom(anna, ben, chie)
const whom = fc.constantFrom(mori, ota, anna)
const key = fc.constantFrom('k1', 'k2')

/** Whatever our own people can say, with keys of their making. */
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.tuple(house, whom).map(([by, who]): Move => ({
    by,
    command: { type: 'invite-contact', customer, person: who, entitlement: all },
  })),
  fc.tuple(house, whom, key).map(([by, who, made]): Move => ({
    by,
    command: confirm(who, made, 'house'),
  })),
  fc.tuple(fc.oneof(house, whom), whom, key, key).map(([by, who, made, own]): Move => ({
    by,
    command: countersign(who, made, own),
  })),
  fc.tuple(house, whom).map(([by, who]): Move => ({
    by,
    command: { type: 'remove-contact', customer, person: who, why: 'left', today: '2026-04-01' },
  })),
)

function registered(): Customer {
  return given(customers.initial, 0, anna, [
    { type: 'describe', customer, version: 1, document },
    { type: 'describe-system', customer, system: 'billing.acme', version: 1, document },
    {
      type: 'register-contract',
      customer,
      contract,
      file: document,
      label: document,
      signedOn: '2026-03-01',
      until: null,
    },
  ])
}

/** Two contacts: the first by the contract, the second countersigned. */
function withContacts(): Customer {
  const invited = given(registered(), 1, anna, [
    { type: 'invite-contact', customer, person: mori, entitlement: all },
    { type: 'invite-contact', customer, person: ota, entitlement: all },
  ])
  const first = given(
    invited,
    2,
    ben,
    [confirm(mori, 'mori', 'ben')],
    [chie, confirm(mori, 'mori', 'chie')],
  )
  return given(first, 3, mori, [countersign(ota, 'ota', 'mori')])
}

function madeKey(credentialId: string) {
  const fingerprint = `SHA256:${'A'.repeat(43)}`
  return {
    credentialId,
    publicKey: 'AA',
    fingerprint,
    rpId: 'localhost',
    origin: 'http://localhost',
  }
}

function signedWith(credentialId: string): Signature {
  return {
    statement: '{}',
    credentialId,
    authenticatorData: 'AA',
    clientDataJSON: 'AA',
    signature: 'AA',
  }
}

function confirm(who: string, made: string, own: string): CustomersCommand {
  const said = { customer, person: who, key: madeKey(made), entitlement: all, contract }
  return { type: 'confirm-contract-key', ...said, signature: signedWith(own) }
}

function countersign(who: string, made: string, own: string): CustomersCommand {
  const said = { customer, person: who, key: madeKey(made), entitlement: all }
  return { type: 'countersign-contact', ...said, signature: signedWith(own) }
}

function entitle(who: string, entitlement: Entitlement, own: string): CustomersCommand {
  const signature = signedWith(own)
  return { type: 'entitle-contact', customer, person: who, entitlement, signature }
}

function draft(
  version: number,
  expires: string,
  risk: 'normal' | 'destructive' = 'normal',
): CustomersCommand {
  return {
    type: 'draft-agreement',
    customer,
    agreement,
    version,
    document,
    systems: ['billing.acme'],
    risk,
    runLimit: { runs: 3, days: 30 },
    expires,
    today: '2026-04-01',
  }
}

function signature(version: number, own: string): CustomersCommand {
  const said = { customer, agreement, version, document, today: '2026-04-01' }
  return { type: 'sign-agreement', ...said, signature: signedWith(own) }
}

function usable(state: Customer, version: number, today = '2026-04-02'): string {
  const found = present(state).agreements.get(agreement)
  const answer = usableAgreement(found, { version, document }, today)
  return isRefused(answer) ? answer.refused : 'usable'
}

function present(state: Customer): Present {
  if (state.state === 'absent') throw new Error('there is no customer')
  return state
}

function given(
  state: Customer,
  at: number,
  by: string,
  commands: readonly CustomersCommand[],
  ...more: readonly (readonly [string, CustomersCommand])[]
): Customer {
  const said = [...commands.map((command) => [by, command] as const), ...more]
  return said.reduce((now, [who, command]) => {
    const next = attempt(now, at, who, command)
    if (next === null) throw new Error(`${command.type} was refused: ${ask(now, at, who, command)}`)
    return next
  }, state)
}

function attempt(state: Customer, at: number, by: string, command: CustomersCommand) {
  const context = { by, at: hours(at) }
  const decided = customers.decide(command, state, context)
  if (isRefused(decided)) return null
  // Every event is one that the log would accept.
  return decided.reduce(
    (now, event) => customers.evolve(now, customersEvent.parse(event), context),
    state,
  )
}

function ask(state: Customer, at: number, by: string, command: CustomersCommand): string {
  const decided = customers.decide(command, state, { by, at: hours(at) })
  return isRefused(decided) ? decided.refused : 'done'
}
