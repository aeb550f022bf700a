import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import type { Refused } from '../../domain/decider.ts'
import type { Engine, EngineRefusal, RoomHandle } from '../engine/engine.ts'
import type { OrganisationCases } from '../organisation/open.ts'
import type { Challenges } from './challenges.ts'
import type { FailedSignIns } from './failed-sign-ins.ts'
import type { RelyingParty } from './passkeys.ts'
import type { DoorRefusal } from './refusals.ts'
import type { Sessions } from './sessions.ts'
import type { SetUpLink } from './set-up-link.ts'

/** What the use cases of access share. */
export type AccessParts = {
  readonly engine: Engine
  readonly room: RoomHandle<AccessCommand, Access, AccessRefusal>
  readonly organisation: OrganisationCases
  readonly party: RelyingParty
  readonly challenges: Challenges
  readonly sessions: Sessions
  readonly failures: FailedSignIns
  readonly setUpLink: SetUpLink
}

export type AccessAnswer<T> = Promise<T | Refused<AccessRefusal | DoorRefusal | EngineRefusal>>
/** From several rooms at once, so the code can be any of theirs. */
export type AnyAnswer<T> = Promise<T | Refused>
