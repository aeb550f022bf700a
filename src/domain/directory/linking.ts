import type { Links } from './events.ts'

/** An account that may belong to a person. */
export type Candidate = {
  readonly account: string
  readonly source: string
  readonly login: string
  readonly name: string | null
  readonly email: string | null
  readonly employeeNumber: string | null
  /** Somebody, or a rule, decided already. */
  readonly isLinked: boolean
  /** An account of the same name was there before and is gone: it may be somebody else's now. */
  readonly isRecreated: boolean
}

export type Holder = {
  readonly person: string
  readonly name: string | null
  readonly email: string | null
  readonly employeeNumber: string | null
}

type Link = Links[number]

/**
 * Whose account is it? By employee number; else by address; else by login and full name together.
 * Each only when exactly one person and, in its source, exactly one account answers to it, and never
 * against a stronger sign: an account with somebody's number is not given away by its address.
 */
export function linkAccounts(
  accounts: readonly Candidate[],
  persons: readonly Holder[],
): ReadonlyMap<string, Links> {
  const byNumber = unique(persons, ({ employeeNumber }) => plain(employeeNumber))
  const byEmail = unique(persons, ({ email }) => plain(email))
  const byLogin = unique(persons, ({ email }) => localPart(email))
  const names = new Map(persons.map(({ person, name }) => [person, name]))
  const numbers = countIn(accounts, ({ employeeNumber }) => plain(employeeNumber))
  const emails = countIn(accounts, ({ email }) => plain(email))
  const ruleFor = (one: Candidate): Omit<Link, 'account'> | null => {
    const number = plain(one.employeeNumber)
    if (number !== null) {
      const person = byNumber.get(number)
      const isOne = numbers.get(`${one.source} ${number}`) === 1
      return person === undefined || !isOne ? null : { person, rule: 'employee-number' }
    }
    if (one.isRecreated) return null
    const email = plain(one.email)
    const addressed = email === null ? undefined : byEmail.get(email)
    if (addressed !== undefined) {
      return emails.get(`${one.source} ${email}`) === 1
        ? { person: addressed, rule: 'email' }
        : null
    }
    const called = byLogin.get(plain(one.login) ?? '')
    const isNamed = called !== undefined && isSame(one.name, names.get(called) ?? null)
    return isNamed ? { person: called, rule: 'login' } : null
  }
  const found = new Map<string, Link[]>()
  for (const one of accounts) {
    const link = one.isLinked ? null : ruleFor(one)
    if (link === null) continue
    const list = found.get(one.source)
    const entry = { account: one.account, ...link }
    if (list === undefined) found.set(one.source, [entry])
    else list.push(entry)
  }
  return found
}

function plain(written: string | null): string | null {
  const text = (written ?? '').normalize('NFKC').trim().toLowerCase()
  return text === '' ? null : text
}

function localPart(email: string | null): string | null {
  const text = plain(email)
  return text === null ? null : (text.split('@')[0] ?? null)
}

/** Persons by a sign that only one of them has. */
function unique(
  persons: readonly Holder[],
  sign: (person: Holder) => string | null,
): Map<string, string> {
  const found = new Map<string, string>()
  const twice = new Set<string>()
  for (const one of persons) {
    const key = sign(one)
    if (key === null) continue
    if (found.has(key)) twice.add(key)
    found.set(key, one.person)
  }
  for (const key of twice) found.delete(key)
  return found
}

function countIn(
  accounts: readonly Candidate[],
  sign: (account: Candidate) => string | null,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const one of accounts) {
    const key = `${one.source} ${sign(one)}`
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}

/** The same name, whatever the order of its parts and the spaces between. */
function isSame(one: string | null, other: string | null): boolean {
  const parts = (text: string) => (plain(text) ?? '').split(/\s+/).sort().join(' ')
  return one !== null && other !== null && parts(one) === parts(other)
}
