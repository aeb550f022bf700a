import { refuse, type Decider } from '../decider.ts'
import type { DirectoryEvent, ObservationFailed, Observed } from './events.ts'

/** One stream per source, one per account that somebody assigned, one per person's rights. */
export type Directory =
  | { readonly state: 'absent' }
  | {
      readonly state: 'source'
      readonly removed: boolean
      /** Digest of what the last observation changed: the next one is held against it. */
      readonly previous: string | null
    }
  | { readonly state: 'account'; readonly use: string; readonly person: string | null }
  | { readonly state: 'rights' }

type Fields<Type extends DirectoryEvent['type']> = Omit<
  Extract<DirectoryEvent, { readonly type: Type }>,
  'type'
>

export type DirectoryCommand =
  | ({ readonly type: 'add-source' } & Fields<'directory.source-added.v1'>)
  | ({ readonly type: 'remove-source' } & Fields<'directory.source-removed.v1'>)
  | ({ readonly type: 'replace-secret' } & Fields<'directory.secret-replaced.v1'>)
  | ({ readonly type: 'record-observation' } & Omit<Observed, 'type'>)
  | ({ readonly type: 'record-failure' } & Omit<ObservationFailed, 'type'>)
  | ({ readonly type: 'link-accounts' } & Fields<'directory.accounts-linked.v1'>)
  | ({ readonly type: 'assign-account' } & Fields<'directory.account-assigned.v1'>)
  | ({ readonly type: 'review-rights' } & Fields<'directory.rights-reviewed.v1'>)

export type DirectoryRefusal =
  | 'directory-unknown'
  | 'directory-exists'
  | 'directory-removed'
  | 'observation-overtaken'

export const directory: Decider<DirectoryCommand, Directory, DirectoryEvent, DirectoryRefusal> = {
  initial: { state: 'absent' },

  decide(command, now) {
    switch (command.type) {
      case 'add-source': {
        if (now.state !== 'absent') return refuse('directory-exists', command.source)
        return [{ ...command, type: 'directory.source-added.v1' }]
      }
      case 'assign-account': {
        const { person } = command
        // Without a decision of somebody's a rule may have linked it: taking that back is news.
        const same =
          now.state === 'account' &&
          now.person === person &&
          (person === null || now.use === command.use)
        return same ? [] : [{ ...command, type: 'directory.account-assigned.v1' }]
      }
      case 'review-rights':
        return [{ ...command, type: 'directory.rights-reviewed.v1' }]
      case 'remove-source':
      case 'replace-secret':
      case 'record-observation':
      case 'record-failure':
      case 'link-accounts': {
        if (now.state !== 'source') return refuse('directory-unknown', command.source)
        if (now.removed) return refuse('directory-removed', command.source)
        return decideSource(command, now.previous)
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'directory.source-added.v1':
        return { state: 'source', removed: false, previous: null }
      case 'directory.source-removed.v1':
        return state.state === 'source' ? { ...state, removed: true } : state
      case 'directory.observed.v1':
        return state.state === 'source' ? { ...state, previous: event.changesSha256 } : state
      case 'directory.account-assigned.v1':
        return { state: 'account', use: event.use, person: event.person }
      case 'directory.rights-reviewed.v1':
        return { state: 'rights' }
      case 'directory.secret-replaced.v1':
      case 'directory.observation-failed.v1':
      case 'directory.accounts-linked.v1':
        return state
    }
  },
}

type SourceCommand = Exclude<
  DirectoryCommand,
  { readonly type: 'add-source' | 'assign-account' | 'review-rights' }
>

function decideSource(command: SourceCommand, previous: string | null) {
  switch (command.type) {
    case 'remove-source':
      return [{ ...command, type: 'directory.source-removed.v1' } as const]
    case 'replace-secret':
      return [{ ...command, type: 'directory.secret-replaced.v1' } as const]
    case 'record-observation': {
      // Two nodes looked at once: the second was held against what no longer is the last.
      if (command.previous !== previous) return refuse('observation-overtaken', command.source)
      return [{ ...command, type: 'directory.observed.v1' } as const]
    }
    case 'record-failure':
      return [{ ...command, type: 'directory.observation-failed.v1' } as const]
    case 'link-accounts':
      return [{ ...command, type: 'directory.accounts-linked.v1' } as const]
  }
}
