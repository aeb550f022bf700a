import type { Act } from '../contract/session.ts'
import type { Role } from '../domain/access/permission.ts'
import { createAuthenticator, type Authenticator } from './authenticator.ts'
import { employees, type Employee } from './employees.ts'
import { must, type Stage, type StageCases } from './stage.ts'

export const numbers = {
  president: 'H0001',
  director: 'H0002',
  securityLead: 'H0003',
  securityStaff: 'H0004',
  operations: 'H0005',
  development: 'H0029',
  it: 'H0039',
  service: 'H0049',
  hr: 'H0054',
  legal: 'H0057',
} as const

const roles: Readonly<Record<string, Role>> = {
  [numbers.president]: 'administrator',
  [numbers.director]: 'read-only',
  [numbers.securityStaff]: 'security-lead',
  [numbers.operations]: 'control-owner',
  [numbers.development]: 'control-owner',
  [numbers.it]: 'control-owner',
  [numbers.service]: 'control-owner',
  [numbers.hr]: 'control-owner',
  [numbers.legal]: 'control-owner',
}

export const mailDomain = 'hikari-managed.example'

/** The fictional people as the program knows them, and their passkeys. */
export type Cast = {
  readonly employee: (number: string) => Employee
  /** The person's id; throws while they are not known yet. */
  readonly id: (number: string) => string
  readonly isKnown: (number: string) => boolean
  readonly role: (number: string) => Role
  readonly passkey: (number: string) => Authenticator
  /** Of somebody who is not employed here, by the address. */
  readonly guestPasskey: (email: string) => Authenticator
  /** Learns who is who from the roster and the accounts. */
  readonly meet: (cases: Pick<StageCases, 'people'>) => Promise<void>
  /** Founder of the installation, before there is a roster. */
  readonly know: (number: string, person: string) => void
}

export function createCast(options: {
  readonly seed: Uint8Array
  readonly rpId: string
  readonly origin: string
}): Cast {
  const ids = new Map<string, string>()
  const passkeys = new Map<string, Authenticator>()
  const byNumber = new Map(employees.map((one) => [one.number, one]))
  const byMail = new Map(employees.map((one) => [`${one.mail}@${mailDomain}`, one.number]))
  const employee = (number: string) => {
    const found = byNumber.get(number)
    if (found === undefined) throw new Error(`nobody has the number ${number}`)
    return found
  }
  return {
    employee,
    id: (number) => {
      const found = ids.get(number)
      if (found === undefined) throw new Error(`${number} is not known yet`)
      return found
    },
    isKnown: (number) => ids.has(number),
    role: (number) => roles[number] ?? 'employee',
    passkey: (number) => {
      const known = passkeys.get(number)
      if (known !== undefined) return known
      const made = createAuthenticator({ ...options, person: employee(number).mail })
      passkeys.set(number, made)
      return made
    },
    guestPasskey: (email) => {
      const known = passkeys.get(email)
      if (known !== undefined) return known
      const made = createAuthenticator({ ...options, person: email })
      passkeys.set(email, made)
      return made
    },
    async meet({ people }) {
      const { people: all } = await people.list({})
      for (const { id, email } of all) {
        const number = email === null ? undefined : byMail.get(email)
        if (number !== undefined) ids.set(number, id)
      }
    },
    know: (number, person) => {
      ids.set(number, person)
    },
  }
}

/** Signs an act with the person's passkey and has it carried out. */
export async function sign(stage: Stage, number: string, role: Role, act: Act): Promise<void> {
  const { cast, signing } = stage
  const signer = { person: cast.id(number), role }
  const { statement, options } = must(await signing.prepare(act, signer))
  const { id, response } = cast.passkey(number).sign(challengeIn(options))
  const { authenticatorData, clientDataJSON, signature } = response
  const signed = { statement, credentialId: id, authenticatorData, clientDataJSON, signature }
  must(await signing.submit(signed, signer))
}

/** Invites somebody and has them accept with their passkey. */
export async function invite(stage: Stage, number: string, by: string): Promise<void> {
  const { access, cast } = stage
  const { name, mail } = cast.employee(number)
  const { link } = must(
    await access.accounts.invite(
      {
        ...(cast.isKnown(number) ? { person: cast.id(number) } : {}),
        name,
        email: `${mail}@${mailDomain}`,
        role: cast.role(number),
        language: 'ja',
      },
      cast.id(by),
    ),
  )
  const token = link.slice(link.lastIndexOf('/') + 1)
  const { options, person } = must(await access.doors.invitation(token))
  cast.know(number, person)
  const credential = cast.passkey(number).register(challengeIn(options))
  must(await access.doors.acceptInvitation(token, credential))
}

export function challengeIn(options: Readonly<Record<string, unknown>>): string {
  const { challenge } = options
  if (typeof challenge !== 'string') throw new Error('options without a challenge')
  return challenge
}
