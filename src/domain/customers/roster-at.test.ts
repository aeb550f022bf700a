import { expect, test } from 'vitest'
import type { Signature } from '../signature.ts'
import { rosterAt, says, type LogEntry, type RosterJudge } from './roster-at.ts'
import { emptyRoster, evolveRoster, rosterDigest } from './roster.ts'
import type { ContactKey } from './events.ts'

const person = (name: string) => `per_${name.padEnd(26, '0')}`
const [anna, ben, chie, mori] = ['anna', 'ben', 'chie', 'mori'].map(person)
const customer = 'acme'
const contract = `con_${'0'.repeat(26)}`
const entitlement = { systems: 'all' as const, risks: ['normal' as const] }
const key: ContactKey = {
  credentialId: 'mori',
  publicKey: 'AA',
  fingerprint: `SHA256:${'A'.repeat(43)}`,
  rpId: 'localhost',
  origin: 'http://localhost',
}

function signed(statement: object): Signature {
  return {
    statement: JSON.stringify(statement),
    credentialId: 'house',
    authenticatorData: 'AA',
    clientDataJSON: 'AA',
    signature: 'AA',
  }
}

const honest: RosterJudge = {
  verifies: () => true,
  houseKey: () => ({ credentialId: 'house', publicKey: 'AA', rpId: 'l', origin: 'o' }),
}

test('a statement says a field only with exactly this value, whatever else it says', () => {
  const signature = signed({ act: 'x', customer, list: [1, 2], nested: { a: 1 } })
  expect(says(signature, { act: 'x', list: [1, 2], nested: { a: 1 } })).toBe(true)
  expect(says(signature, { act: 'x', list: [2, 1] })).toBe(false)
  expect(says(signature, { act: 'x', toString: 'y' })).toBe(false)
  expect(says({ ...signature, statement: 'no JSON' }, { act: 'x' })).toBe(false)
  expect(says({ ...signature, statement: '[]' }, {})).toBe(false)
})

test('two confirmations of people who did not invite put the first key on the roster', () => {
  const { rosters, faults } = rosterAt(ceremony(ben, chie), honest)
  expect(faults).toEqual([])
  expect([...(rosters.get(customer)?.contacts.keys() ?? [])]).toEqual([mori])
  // And not before the second: the position in the log decides.
  expect(rosterAt(ceremony(ben, chie), honest, 2).rosters.get(customer)?.contacts.size).toBe(0)
})

test('what does not hold is left out and named', () => {
  const codes = (entries: LogEntry[], judge = honest) =>
    rosterAt(entries, judge).faults.map(({ code }) => code)
  expect(codes(ceremony(anna, chie))).toContain('confirmer-invited-the-contact')
  expect(codes(ceremony(ben, ben))).toEqual(['digest-differs'])
  expect(codes(ceremony(ben, chie), { ...honest, verifies: () => false })).toContain(
    'signature-invalid',
  )
  expect(codes(ceremony(ben, chie), { ...honest, houseKey: () => null })).toContain(
    'confirmer-unknown',
  )
  const [invited, first, second] = ceremony(ben, chie)
  if (invited === undefined || first === undefined || second === undefined) throw new Error('three')
  expect(codes([first, second])).toContain('confirmer-invited-the-contact')
  const other = { ...Object(second.event), entitlement: { systems: 'all', risks: [] } }
  expect(codes([invited, first, { ...second, event: other }])).toEqual(['statement-other'])
})

/** Anna invites Mori; the others confirm his key, one after the other. */
function ceremony(one: string | undefined, other: string | undefined): LogEntry[] {
  const invited = { type: 'customers.contact-invited.v1', customer, person: mori, entitlement }
  const said = { customer, person: mori, key, entitlement, contract }
  const type = 'customers.contract-key-confirmed.v1' as const
  const confirmation = (by: string | undefined, roster: object | null) => {
    const statement = { act: 'confirm-contract-key', ...said, signer: by }
    return { type, ...said, roster, signature: signed(statement) }
  }
  return [
    { seq: 0, type: invited.type, by: anna ?? '', recordedAt: '', event: invited },
    { seq: 1, type, by: one ?? '', recordedAt: '', event: confirmation(one, null) },
    { seq: 2, type, by: other ?? '', recordedAt: '', event: confirmation(other, mark()) },
  ]
}

function mark() {
  const empty = emptyRoster(customer)
  const whose = mori ?? ''
  const signature = signed({})
  const said = { customer, person: whose, key, entitlement, replaces: [], signature }
  const roster = { version: 1, digest: '0'.repeat(64) }
  const type = 'customers.contact-key-countersigned.v1'
  const next = evolveRoster(empty, { type, ...said, roster }, 'anybody')
  return { version: 1, digest: rosterDigest(next) }
}
