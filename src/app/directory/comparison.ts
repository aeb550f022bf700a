import { canonicalJson } from '../../domain/canonical-json.ts'
import type {
  Account,
  Changes,
  Group,
  KeptAccount,
  KeptGroup,
  PasswordPolicy,
} from '../../domain/directory/facts.ts'
import type { Shown } from './connector.ts'

/** What was known of a source before. */
export type KnownBefore = {
  readonly accounts: ReadonlyMap<string, KeptAccount>
  readonly groups: ReadonlyMap<string, KeptGroup>
  readonly policies: readonly PasswordPolicy[]
}

export type Difference = { readonly changes: Changes; readonly added: number }

/** Fewer than this may go at once without a word, whatever share of all they are. */
const goneUnquestioned = 5
const goneShareMax = 0.1

/** What a look at a source adds to what was known: what differs, and since when each thing holds. */
export function compareShown(shown: Shown, before: KnownBefore, at: string): Difference {
  const accounts: KeptAccount[] = []
  let added = 0
  for (const one of shown.accounts) {
    const known = before.accounts.get(one.id)
    if (known === undefined) added += 1
    const kept = keptAccount(one, known, at)
    if (known === undefined || canonicalJson(known) !== canonicalJson(kept)) accounts.push(kept)
  }
  const groups: KeptGroup[] = []
  for (const one of shown.groups) {
    const known = before.groups.get(one.id)
    const kept = keptGroup(one, known, at)
    if (known === undefined || canonicalJson(known) !== canonicalJson(kept)) groups.push(kept)
  }
  const isPolicyNew = canonicalJson(shown.policies) !== canonicalJson(before.policies)
  return {
    added,
    changes: {
      accounts,
      gone: missing(before.accounts, shown, 'accounts').map((id) => ({ id, at })),
      groups,
      goneGroups: missing(before.groups, shown, 'groups'),
      policies: isPolicyNew ? [...shown.policies] : null,
    },
  }
}

/** Whether so many accounts are missing at once that the reader, not the directory, has changed. */
export function isShrunk(difference: Difference, before: KnownBefore): boolean {
  const gone = difference.changes.gone.length
  return gone > goneUnquestioned && gone > before.accounts.size * goneShareMax
}

function keptAccount(one: Account, known: KeptAccount | undefined, at: string): KeptAccount {
  const disabledSince = one.enabled === false ? (known?.disabledSince ?? at) : null
  return { ...one, firstSeenAt: known?.firstSeenAt ?? at, disabledSince }
}

function keptGroup(one: Group, known: KeptGroup | undefined, at: string): KeptGroup {
  const since = new Map(known?.members)
  const members = one.members.map((id): [string, string] => [id, since.get(id) ?? at])
  return { ...one, members }
}

/** Of what was known: what a full reading no longer shows, or a partial one calls deleted. */
function missing(
  before: ReadonlyMap<string, unknown>,
  shown: Shown,
  kind: 'accounts' | 'groups',
): string[] {
  const deleted = new Set(shown.deleted)
  if (shown.reading === 'changes') return [...before.keys()].filter((id) => deleted.has(id))
  const there = new Set(shown[kind].map(({ id }) => id))
  return [...before.keys()].filter((id) => !there.has(id))
}
