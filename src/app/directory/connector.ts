import type { Account, Group, PasswordPolicy } from '../../domain/directory/facts.ts'
import type { FailureCode } from '../../domain/directory/failures.ts'
import type { DirectoryTarget } from '../../domain/directory/target.ts'
import type { Watch } from '../devices/connector.ts'

/** What is known already: where the last look ended, and what stands where in the tree. */
export type Known = {
  readonly cursor: string | null
  /** Ids of accounts and groups by their place in the tree, lower case. */
  readonly ids: ReadonlyMap<string, string>
  /** The password policy that holds for an account alone, by the account's id. */
  readonly policies: ReadonlyMap<string, string>
  /** Number of the primary group, by the account's id. */
  readonly primaryGroups: ReadonlyMap<string, number>
}

/** What a source shows: everything, or what has changed since `Known.cursor`. */
export type Shown = {
  readonly reading: 'full' | 'changes'
  readonly accounts: readonly Account[]
  readonly groups: readonly Group[]
  readonly policies: readonly PasswordPolicy[]
  /** Ids of what was deleted; a full reading need not say, for what is not in it is gone. */
  readonly deleted: readonly string[]
  readonly cursor: string | null
}

export type DirectorySighting = { readonly startedAt: string; readonly endedAt: string } & (
  | { readonly outcome: 'observed'; readonly shown: Shown; readonly raw: Uint8Array }
  | {
      readonly outcome: 'failed'
      readonly code: FailureCode
      /** The other side's own words, without anything secret; may be empty. */
      readonly detail: string
    }
)

/** Observes only: reads with an account that may only read, judges nothing, changes nothing. */
export type DirectoryConnector = {
  readonly observe: (
    look: {
      readonly target: DirectoryTarget
      readonly password: string
      /** Null asks for everything. */
      readonly known: Known | null
    },
    watch: Watch,
  ) => Promise<DirectorySighting>
}

/** Passwords by name, encrypted, beside the ledger. What was put is shown to nobody again. */
export type Secrets = {
  readonly put: (name: string, secret: string) => Promise<void>
  readonly get: (name: string) => Promise<string | null>
  readonly remove: (name: string) => Promise<void>
}
