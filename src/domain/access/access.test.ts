import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import type { Signature } from '../signature.ts'
import { access } from './access.ts'
import { maySign } from './account.ts'
import type { Access, AccessCommand, NewPasskey } from './commands.ts'
import type { Grant, Role } from './permission.ts'

const start = Date.parse('2026-04-01T00:00:00.000Z')
const hours = (count: number) => new Date(start + count * 3_600_000).toISOString()
const person = (name: string) => `per_${name.padEnd(26, '0')}`
const founder = person('founder')
const second = person('second')
const third = person('third')
const puppet = person('puppet')

describe('an administrator who makes the invitation links', () => {
  test('cannot use a passkey that he enrolled in place of another person’s', () => {
    const stolen = given(team(), 1, founder, [
      invite(second, 'security-lead', 'link'),
      { type: 'enrol', invitation: 'link', passkey: passkey('stolen') },
    ])
    expect(ask(stolen, 2, second, admit(second, 'stolen'))).toBe('passkey-held')
    expect(ask(stolen, 200, second, admit(second, 'stolen'))).toBe('passkey-held')
    expect(ask(stolen, 2, second, admit(second, 'key-second'))).toBe('done')
    expect(maySign(stolen.accounts, second, 'stolen', hours(2))).toBe(false)
  })

  test('cannot confirm it himself, nor can its holder; a third person can', () => {
    const lost = given(team(), 1, founder, [
      invite(second, 'security-lead', 'link'),
      { type: 'enrol', invitation: 'link', passkey: passkey('new') },
    ])
    expect(ask(lost, 2, founder, confirm(second, 'new', 'key-founder'))).toBe('confirmer-not-third')
    expect(ask(lost, 2, second, confirm(second, 'new', 'key-second'))).toBe('confirmer-not-third')
    const confirmed = given(lost, 2, third, [confirm(second, 'new', 'key-third')])
    expect(ask(confirmed, 3, second, admit(second, 'new'))).toBe('done')
    expect(ask(confirmed, 3, second, admit(second, 'key-second'))).toBe('passkey-revoked')
  })

  test('cannot approve through a colleague who does not exist, nor have that one vouch for another', () => {
    const made = given(team(), 1, founder, [
      invite(puppet, 'security-lead', 'link'),
      { type: 'enrol', invitation: 'link', passkey: passkey('key-puppet') },
      invite(person('puppettwo'), 'security-lead', 'link-2'),
      { type: 'enrol', invitation: 'link-2', passkey: passkey('key-two') },
    ])
    expect(ask(made, 2, puppet, admit(puppet, 'key-puppet'))).toBe('done')
    expect(maySign(made.accounts, puppet, 'key-puppet', hours(2))).toBe(false)
    const vouch = confirm(person('puppettwo'), 'key-two', 'key-puppet')
    expect(ask(made, 2, puppet, vouch)).toBe('confirmer-unconfirmed')
  })

  test('gains nothing for three days by first putting the others out of office', () => {
    const alone = given(team(), 1, founder, [
      { type: 'disable', person: second, reason: 'r' },
      { type: 'change-role', person: third, role: 'employee' },
      invite(puppet, 'security-lead', 'link'),
      { type: 'enrol', invitation: 'link', passkey: passkey('key-puppet') },
    ])
    expect(maySign(alone.accounts, puppet, 'key-puppet', hours(2))).toBe(false)
    expect(maySign(alone.accounts, puppet, 'key-puppet', hours(72))).toBe(false)
  })

  test('waits three days when there are only two people, and the other can refuse', () => {
    const two = given(founded(), 0, founder, joined(second, 'security-lead'))
    const lost = given(two, 1, founder, [
      invite(second, 'security-lead', 'link'),
      { type: 'enrol', invitation: 'link', passkey: passkey('new') },
    ])
    expect(ask(lost, 72, second, admit(second, 'new'))).toBe('passkey-held')
    expect(ask(lost, 74, second, admit(second, 'new'))).toBe('done')
    const refused = given(lost, 2, second, [{ type: 'refuse-enrolment', person: second }])
    expect(ask(refused, 74, second, admit(second, 'new'))).toBe('passkey-revoked')
    expect(ask(refused, 74, second, admit(second, 'key-second'))).toBe('done')
  })

  test('can never, by whatever commands of his own within three days, sign as somebody else', () => {
    fc.assert(
      fc.property(fc.array(insiderMove, { maxLength: 12 }), (moves) => {
        let state = team()
        const known = new Set(['key-founder', 'key-second', 'key-third'])
        moves.flat().forEach((move, at) => {
          const next = attempt(state, 1 + at, move.by ?? founder, move.command)
          if (next !== null) state = next
        })
        for (const account of state.accounts.values()) {
          for (const { credentialId } of account.passkeys) {
            if (known.has(credentialId)) continue
            expect(maySign(state.accounts, account.person, credentialId, hours(40))).toBe(false)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('accounts', () => {
  test('nobody changes their own, and the last administrator stays', () => {
    const state = team()
    expect(ask(state, 1, founder, { type: 'disable', person: founder, reason: 'r' })).toBe(
      'own-account',
    )
    expect(ask(state, 1, founder, invite(founder, 'auditor', 'x'))).toBe('own-account')
    const role = { type: 'change-role', person: founder, role: 'employee' } as const
    expect(ask(state, 1, founder, role)).toBe('own-account')
    expect(ask(state, 1, second, role)).toBe('last-administrator')
    const gone = { type: 'disable', person: founder, reason: 'r' } as const
    expect(ask(state, 1, second, gone)).toBe('last-administrator')
  })

  test('a link is good once and until its hour', () => {
    const invited = given(founded(), 0, founder, [invite(second, 'employee', 'link')])
    const enrol = { type: 'enrol', invitation: 'link', passkey: passkey('k') } as const
    expect(ask(invited, 168, second, enrol)).toBe('invitation-expired')
    const used = given(invited, 1, second, [enrol])
    expect(ask(used, 2, second, enrol)).toBe('invitation-unknown')
  })

  test('a new link makes an earlier one worthless', () => {
    const twice = given(founded(), 0, founder, [
      invite(second, 'employee', 'link'),
      invite(second, 'employee', 'link-2'),
    ])
    const enrol = { type: 'enrol', invitation: 'link', passkey: passkey('k') } as const
    expect(ask(twice, 1, second, enrol)).toBe('invitation-unknown')
  })

  test('a disabled account has no passkey, no link and no token left', () => {
    const withToken = given(team(), 1, second, [token('tok_1', ['criteria.read'], 30)])
    const gone = given(withToken, 2, founder, [{ type: 'disable', person: second, reason: 'r' }])
    expect(ask(gone, 3, second, admit(second, 'key-second'))).toBe('account-disabled')
    expect(gone.accounts.get(second)?.tokens).toMatchObject([{ revoked: true }])
  })

  test('a token never grants more than its owner’s role, nor lives longer than a year', () => {
    const state = team()
    expect(ask(state, 1, second, token('tok_1', ['accounts.write'], 30))).toBe('scope-beyond-role')
    expect(ask(state, 1, second, token('tok_1', ['criteria.read'], 366))).toBe('token-lifetime')
    expect(ask(state, 1, second, token('tok_1', ['criteria.read'], 0))).toBe('token-lifetime')
  })
})

type Move = { readonly command: AccessCommand; readonly by?: string }
const name = fc.constantFrom(second, third, puppet)
const role = fc.constantFrom<Role>('administrator', 'security-lead', 'employee')
const key = fc.integer({ min: 1, max: 4 }).map((count) => `made-${count}`)
/** What the founder can do alone: his own commands, and those of people whose key he has made. */
const insiderMove: fc.Arbitrary<Move[]> = fc.oneof(
  fc
    .tuple(name, role, key)
    .map(([who, as, made]): Move[] => [
      { command: invite(who, as, `link of ${made}`) },
      { command: { type: 'enrol', invitation: `link of ${made}`, passkey: passkey(made) } },
    ]),
  name.map((who): Move[] => [{ command: { type: 'disable', person: who, reason: 'r' } }]),
  fc
    .tuple(name, role)
    .map(([who, as]): Move[] => [{ command: { type: 'change-role', person: who, role: as } }]),
  name.map((who): Move[] => [{ command: { type: 'refuse-enrolment', person: who } }]),
  fc
    .tuple(name, name, key, key)
    .map(([by, who, target, own]): Move[] => [{ by, command: confirm(who, target, own) }]),
  fc.tuple(name, key).map(([who, made]): Move[] => [{ by: who, command: admit(who, made) }]),
)

function founded(): Access {
  return given(access.initial, 0, founder, [
    {
      type: 'found',
      person: founder,
      name: 'Founder',
      email: 'founder@example.com',
      language: 'en',
      passkey: passkey('key-founder'),
    },
  ])
}

/** Three real people whose passkeys the others have confirmed. */
function team(): Access {
  const all = given(founded(), 0, founder, [
    ...joined(second, 'security-lead'),
    ...joined(third, 'security-lead'),
  ])
  const one = given(all, 0, second, [confirm(third, 'key-third', 'key-second')])
  return given(one, 0, third, [confirm(second, 'key-second', 'key-third')])
}

function joined(who: string, role: Role): AccessCommand[] {
  const name = who.slice(4).replace(/0+$/, '')
  return [
    invite(who, role, `link-${name}`),
    { type: 'enrol', invitation: `link-${name}`, passkey: passkey(`key-${name}`) },
  ]
}

function invite(who: string, role: Role, invitation: string): AccessCommand {
  const email = `${who}@example.com`
  const expiresAt = hours(168)
  return {
    type: 'invite',
    person: who,
    name: who,
    email,
    role,
    language: 'en',
    invitation,
    expiresAt,
  }
}

function token(id: string, scopes: readonly Grant[], days: number): AccessCommand {
  return {
    type: 'create-token',
    token: id,
    name: 'n',
    scopes,
    secretHash: 'h',
    expiresAt: hours(1 + days * 24),
  }
}

function admit(who: string, credentialId: string): AccessCommand {
  return { type: 'admit', person: who, credentialId }
}

function confirm(who: string, credentialId: string, with_: string): AccessCommand {
  const signature: Signature = {
    statement: '{}',
    credentialId: with_,
    authenticatorData: 'AA',
    clientDataJSON: 'AA',
    signature: 'AA',
  }
  return { type: 'confirm-passkey', person: who, credentialId, signature }
}

function passkey(credentialId: string): NewPasskey {
  return {
    credentialId,
    publicKey: 'AA',
    fingerprint: `SHA256:${'A'.repeat(43)}`,
    rpId: 'localhost',
    origin: 'http://localhost',
    aaguid: '00000000-0000-0000-0000-000000000000',
    signCount: 0,
    backupEligible: false,
    backedUp: false,
    transports: [],
  }
}

function given(state: Access, at: number, by: string, commands: readonly AccessCommand[]): Access {
  return commands.reduce((now, command) => {
    const next = attempt(now, at, by, command)
    if (next === null) throw new Error(`${command.type} was refused: ${ask(now, at, by, command)}`)
    return next
  }, state)
}

function attempt(state: Access, at: number, by: string, command: AccessCommand): Access | null {
  const context = { by, at: hours(at) }
  const decided = access.decide(command, state, context)
  if (isRefused(decided)) return null
  return decided.reduce((now, event) => access.evolve(now, event, context), state)
}

function ask(state: Access, at: number, by: string, command: AccessCommand): string {
  const decided = access.decide(command, state, { by, at: hours(at) })
  return isRefused(decided) ? decided.refused : 'done'
}
