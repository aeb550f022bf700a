import type { Entry } from 'ldapts'
import type { PasswordPolicy } from '../../domain/directory/facts.ts'
import { bytes, days, guidText, minutes, number, text, texts } from './values.ts'

const COMPLEX = 1
const REVERSIBLE = 16

/** The policy of the whole domain, from the entry at its top. */
export function domainPolicy(entry: Entry): PasswordPolicy {
  const properties = number(entry, 'pwdProperties')
  return {
    id: 'domain',
    name: text(entry, 'name') ?? entry.dn,
    precedence: null,
    minLength: number(entry, 'minPwdLength'),
    history: number(entry, 'pwdHistoryLength'),
    complexity: properties === null ? null : (properties & COMPLEX) !== 0,
    reversible: properties === null ? null : (properties & REVERSIBLE) !== 0,
    maxAgeDays: days(entry, 'maxPwdAge'),
    minAgeDays: days(entry, 'minPwdAge'),
    lockAfter: number(entry, 'lockoutThreshold'),
    lockMinutes: minutes(entry, 'lockoutDuration'),
    windowMinutes: minutes(entry, 'lockOutObservationWindow'),
    appliesTo: [],
    readable: true,
  }
}

/** A fine-grained policy; null when the entry is none. */
export function fineGrainedPolicy(entry: Entry): PasswordPolicy | null {
  const guid = bytes(entry, 'objectGUID')
  const precedence = number(entry, 'msDS-PasswordSettingsPrecedence')
  if (guid?.length !== 16 || precedence === null) return null
  return {
    id: guidText(guid),
    name: text(entry, 'cn') ?? entry.dn,
    precedence,
    minLength: number(entry, 'msDS-MinimumPasswordLength'),
    history: number(entry, 'msDS-PasswordHistoryLength'),
    complexity: truth(text(entry, 'msDS-PasswordComplexityEnabled')),
    reversible: truth(text(entry, 'msDS-PasswordReversibleEncryptionEnabled')),
    maxAgeDays: days(entry, 'msDS-MaximumPasswordAge'),
    minAgeDays: days(entry, 'msDS-MinimumPasswordAge'),
    lockAfter: number(entry, 'msDS-LockoutThreshold'),
    lockMinutes: minutes(entry, 'msDS-LockoutDuration'),
    windowMinutes: minutes(entry, 'msDS-LockoutObservationWindow'),
    appliesTo: texts(entry, 'msDS-PSOAppliesTo').sort(),
    readable: true,
  }
}

/** That a policy exists is seen at the accounts; what it says may be hidden from the reader. */
export function hiddenPolicy(dn: string): PasswordPolicy {
  const unknown = { minLength: null, history: null, complexity: null, reversible: null }
  const times = { maxAgeDays: null, minAgeDays: null, lockMinutes: null, windowMinutes: null }
  const name = /^CN=((?:[^,\\]|\\.)+),/i.exec(dn)?.[1] ?? dn
  const rest = { id: dn.toLowerCase(), name, precedence: 2 ** 31 - 1, lockAfter: null }
  return { ...rest, ...unknown, ...times, appliesTo: [], readable: false }
}

function truth(word: string | null): boolean | null {
  return word === null ? null : word.toUpperCase() === 'TRUE'
}

/**
 * Which policy holds for each account: one that is linked to the account itself beats those of its
 * groups, and among those the lowest number wins. `groupsOf` gives all groups, nested ones too.
 */
export function resultantPolicy(
  dn: string,
  groupsOf: (dn: string) => ReadonlySet<string>,
  policies: readonly PasswordPolicy[],
): string | null {
  const sorted = policies
    .filter((one) => one.precedence !== null && one.readable)
    .toSorted((a, b) => (a.precedence ?? 0) - (b.precedence ?? 0) || (a.id < b.id ? -1 : 1))
  const place = dn.toLowerCase()
  const isLinked = (one: PasswordPolicy, to: (dn: string) => boolean) =>
    one.appliesTo.some((target) => to(target.toLowerCase()))
  const own = sorted.find((one) => isLinked(one, (target) => target === place))
  if (own !== undefined) return own.name
  const groups = groupsOf(place)
  return sorted.find((one) => isLinked(one, (target) => groups.has(target)))?.name ?? null
}
