import type { Known, Shown } from '../../app/directory/connector.ts'
import type { Account, Group, PasswordPolicy } from '../../domain/directory/facts.ts'
import { isGroup, readAccount, readGroup, type ReadGroup } from './read-entries.ts'
import { domainPolicy, fineGrainedPolicy, hiddenPolicy, resultantPolicy } from './read-policies.ts'
import type { Tree } from './read-tree.ts'
import { bytes, guidText, text } from './values.ts'

/** The facts in what the directory answered. */
export function shownOf(tree: Tree, before: Known | null, now: Date): Shown {
  const known = tree.reading === 'changes' ? before : null
  const domain = domainPolicy(tree.top)
  const fine = tree.policies.map(fineGrainedPolicy).filter((one) => one !== null)
  const accounts: Account[] = []
  const groups: ReadGroup[] = []
  for (const entry of tree.entries) {
    if (isGroup(entry)) {
      const group = readGroup(entry, tree.members.get(entry.dn) ?? [])
      if (group !== null) groups.push(group)
    } else {
      const account = readAccount(entry, domain.lockMinutes ?? 0, now)
      if (account !== null) accounts.push(account)
    }
  }
  const hidden = hiddenPolicies(tree)
  const policyOf = policies(tree, groups, fine, known)
  return {
    reading: tree.reading,
    accounts: accounts.map((account) => ({
      ...account,
      policy: policyOf(account.dn ?? '', account.id),
    })),
    groups: withMembers(accounts, groups, known),
    policies: [domain, ...[...fine, ...hidden].sort(byPrecedence)],
    deleted: tree.deleted.flatMap((entry) => {
      const guid = bytes(entry, 'objectGUID')
      return guid?.length === 16 ? [guidText(guid)] : []
    }),
    cursor: tree.cursor,
  }
}

function byPrecedence(one: PasswordPolicy, other: PasswordPolicy): number {
  return (one.precedence ?? 0) - (other.precedence ?? 0) || (one.id < other.id ? -1 : 1)
}

/** Policies that hold for somebody though the reader was shown none. */
function hiddenPolicies(tree: Tree): PasswordPolicy[] {
  const named = tree.entries.map((entry) => text(entry, 'msDS-ResultantPSO'))
  const dns = new Set(named.filter((dn) => dn !== null))
  return tree.policies.length > 0 ? [] : [...dns].sort().map(hiddenPolicy)
}

/**
 * Which policy holds for an account. A change of a group shows on its members only in a full
 * reading, so that in between an account keeps what was known of it.
 */
function policies(
  tree: Tree,
  groups: readonly ReadGroup[],
  fine: readonly PasswordPolicy[],
  known: Known | null,
): (dn: string, id: string) => string | null {
  if (tree.reading === 'changes') return (_, id) => known?.policies.get(id) ?? null
  if (fine.length === 0) {
    const named = new Map(
      tree.entries.map((entry) => [entry.dn, text(entry, 'msDS-ResultantPSO')] as const),
    )
    return (dn) => {
      const policy = named.get(dn) ?? null
      return policy === null ? null : hiddenPolicy(policy).name
    }
  }
  const parents = new Map<string, string[]>()
  for (const { group, memberDns } of groups) {
    for (const member of memberDns) {
      const place = member.toLowerCase()
      const list = parents.get(place)
      if (list === undefined) parents.set(place, [(group.dn ?? '').toLowerCase()])
      else list.push((group.dn ?? '').toLowerCase())
    }
  }
  return (dn) => resultantPolicy(dn, (place) => above(place, parents), fine)
}

/** All groups that something is in, directly or through others; groups within each other end it. */
function above(place: string, parents: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>()
  const waiting = [...(parents.get(place) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    waiting.push(...(parents.get(next) ?? []))
  }
  return found
}

function withMembers(
  accounts: readonly Account[],
  groups: readonly ReadGroup[],
  known: Known | null,
): Group[] {
  const ids = new Map(known?.ids)
  for (const account of accounts) ids.set((account.dn ?? '').toLowerCase(), account.id)
  for (const { group } of groups) ids.set((group.dn ?? '').toLowerCase(), group.id)
  const primary = primaryMembers(accounts, known)
  return groups.map(({ group, rid, memberDns }) => {
    const found = memberDns.map((dn) => ids.get(dn.toLowerCase()) ?? null)
    // Builtin groups have numbers of their own, which no account's primary group means.
    const isOfDomain = group.sid?.startsWith('S-1-5-21-') === true
    const first = isOfDomain ? (primary.get(rid ?? -1) ?? []) : []
    const members = [...new Set([...found.filter((id) => id !== null), ...first])].sort()
    return { ...group, members, foreign: found.filter((id) => id === null).length }
  })
}

/** Members by primary group; who has not changed since is known from before. */
function primaryMembers(
  accounts: readonly Account[],
  known: Known | null,
): ReadonlyMap<number, readonly string[]> {
  const of = new Map(known?.primaryGroups)
  for (const { id, primaryGroup } of accounts) {
    if (primaryGroup === null) of.delete(id)
    else of.set(id, primaryGroup)
  }
  const found = new Map<number, string[]>()
  for (const [id, rid] of of) {
    const list = found.get(rid)
    if (list === undefined) found.set(rid, [id])
    else list.push(id)
  }
  return found
}
