import type { Entry } from 'ldapts'
import type { Account, Flag, Group } from '../../domain/directory/facts.ts'
import {
  bytes,
  fileTime,
  generalizedTime,
  guidText,
  integer,
  number,
  sidText,
  text,
  texts,
} from './values.ts'

const bits: readonly (readonly [number, Flag])[] = [
  [0x20, 'password-not-required'],
  [0x80, 'password-reversible'],
  [0x10000, 'password-never-expires'],
  [0x40000, 'smartcard-required'],
  [0x80000, 'unconstrained-delegation'],
  [0x400000, 'no-preauthentication'],
  [0x1000000, 'protocol-transition'],
]
const DISABLED = 0x2
const SERVER_TRUST = 0x2000

/** Groups that give power over the domain, by the last part of their identifier. */
const privilegedRids = new Set([512, 518, 519, 520, 526, 527])
const privilegedBuiltIn = new Set([544, 548, 549, 550, 551])

export function isGroup(entry: Entry): boolean {
  return texts(entry, 'objectClass').includes('group')
}

/** Null when the entry lacks what an account cannot be without. */
export function readAccount(entry: Entry, lockMinutes: number, now: Date): Account | null {
  const guid = bytes(entry, 'objectGUID')
  const login = text(entry, 'sAMAccountName')
  const control = number(entry, 'userAccountControl')
  if (guid?.length !== 16 || login === null || control === null) return null
  const sid = bytes(entry, 'objectSid')
  const lastUsedAt = later(fileTime(entry, 'lastLogonTimestamp'), fileTime(entry, 'lastLogon'))
  const logons = [integer(entry, 'lastLogonTimestamp'), integer(entry, 'lastLogon')]
  const isKept = logons.some((one) => one !== null)
  return {
    id: guidText(guid),
    sid: sid === null ? null : sidText(sid),
    login,
    name: text(entry, 'displayName') ?? text(entry, 'cn'),
    email: text(entry, 'mail') ?? text(entry, 'userPrincipalName'),
    employeeNumber: text(entry, 'employeeID') ?? text(entry, 'employeeNumber'),
    kind: kindOf(entry),
    enabled: (control & DISABLED) === 0,
    createdAt: generalizedTime(entry, 'whenCreated'),
    expiresAt: fileTime(entry, 'accountExpires'),
    lastUsedAt,
    // A server that has never seen a logon keeps zero, or nothing at all.
    neverUsed: lastUsedAt === null ? true : isKept ? false : null,
    passwordSetAt: fileTime(entry, 'pwdLastSet'),
    flags: flagsOf(entry, control, lockMinutes, now),
    mfa: (control & 0x40000) === 0 ? null : true,
    policy: null,
    dn: entry.dn,
    primaryGroup: number(entry, 'primaryGroupID'),
  }
}

function kindOf(entry: Entry): Account['kind'] {
  const classes = texts(entry, 'objectClass')
  if (classes.some((one) => /ManagedServiceAccount$/i.test(one))) return 'service'
  if (classes.includes('computer')) return 'computer'
  return texts(entry, 'servicePrincipalName').length > 0 ? 'service' : 'user'
}

function flagsOf(entry: Entry, control: number, lockMinutes: number, now: Date): Flag[] {
  const found = bits.filter(([bit]) => (control & bit) !== 0).map(([, flag]) => flag)
  // Domain controllers are trusted for delegation by design.
  const isController = (control & SERVER_TRUST) !== 0
  const kept = found.filter((flag) => !(isController && flag === 'unconstrained-delegation'))
  if (texts(entry, 'msDS-AllowedToDelegateTo').length > 0) kept.push('delegation')
  const lockedAt = fileTime(entry, 'lockoutTime')
  if (lockedAt !== null) {
    const endsMs = lockMinutes === 0 ? Infinity : Date.parse(lockedAt) + lockMinutes * 60_000
    if (endsMs > now.getTime()) kept.push('locked')
  }
  return kept
}

/** A group with its members' places in the tree, still to be found. */
export type ReadGroup = {
  readonly group: Omit<Group, 'members' | 'foreign'>
  readonly rid: number | null
  readonly memberDns: readonly string[]
}

export function readGroup(entry: Entry, memberDns: readonly string[]): ReadGroup | null {
  const guid = bytes(entry, 'objectGUID')
  const name = text(entry, 'sAMAccountName') ?? text(entry, 'cn')
  if (guid?.length !== 16 || name === null) return null
  const raw = bytes(entry, 'objectSid')
  const sid = raw === null ? null : sidText(raw)
  const rid = sid === null ? null : Number(sid.slice(sid.lastIndexOf('-') + 1))
  const isBuiltIn = sid?.startsWith('S-1-5-32-') === true
  const isPowerful = isBuiltIn ? privilegedBuiltIn : privilegedRids
  const privileged = (rid !== null && isPowerful.has(rid)) || name === 'DnsAdmins'
  return { group: { id: guidText(guid), sid, name, privileged, dn: entry.dn }, rid, memberDns }
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}
