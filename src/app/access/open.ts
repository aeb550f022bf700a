import { guestRoles, type Role } from '../../domain/access/permission.ts'
import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import type { Engine, RoomHandle } from '../engine/engine.ts'
import type { OrganisationCases } from '../organisation/open.ts'
import type { Job } from '../ports.ts'
import { openAccounts, type AccountCases } from './accounts.ts'
import { Challenges } from './challenges.ts'
import { openDoors, type Doors } from './doors.ts'
import { FailedSignIns } from './failed-sign-ins.ts'
import { openGate, type AccessGate } from './gate.ts'
import { noticesFor, type Notice } from './notices.ts'
import type { AccessParts } from './parts.ts'
import type { RelyingParty } from './passkeys.ts'
import { accountOf, type AccountRow } from './reads.ts'
import { accessRoom } from './room.ts'
import { byLink, Sessions, type SessionStore } from './sessions.ts'
import { SetUpLink } from './set-up-link.ts'
import { openTokens, type TokenCases } from './tokens.ts'

export type AccessCases = {
  readonly room: RoomHandle<AccessCommand, Access, AccessRefusal>
  readonly doors: Doors
  readonly accounts: AccountCases
  readonly tokens: TokenCases
  readonly gate: AccessGate
  readonly setUpLink: SetUpLink
  /** A session of a guest who has shown that mail to his address reaches him; null for others. */
  readonly guestSession: (person: string) => Promise<string | null>
  readonly signOut: (person: string, session: string) => Promise<void>
  readonly account: (person: string) => Promise<AccountRow | null>
  readonly notices: (person: string, role: Role) => Promise<Notice[]>
  readonly jobs: readonly Job[]
}

export type AccessNeeds = {
  readonly organisation: OrganisationCases
  readonly party: RelyingParty
  readonly sessions: SessionStore
}

export function openAccess(engine: Engine, needs: AccessNeeds): AccessCases {
  const room = engine.open(accessRoom)
  const nowMs = () => Date.parse(engine.now())
  const parts: AccessParts = {
    engine,
    room,
    organisation: needs.organisation,
    party: needs.party,
    challenges: new Challenges(nowMs),
    sessions: new Sessions(needs.sessions, nowMs),
    failures: new FailedSignIns(room),
    setUpLink: new SetUpLink(),
  }
  return {
    room,
    doors: openDoors(parts),
    accounts: openAccounts(parts),
    tokens: openTokens(parts),
    gate: openGate(parts),
    setUpLink: parts.setUpLink,
    async guestSession(person) {
      const account = (await room.state('access')).accounts.get(person)
      const comesIn = account?.state === 'active' && guestRoles.includes(account.role)
      return comesIn ? parts.sessions.start(person, byLink) : null
    },
    async signOut(person, session) {
      await parts.sessions.end(session)
      await room.handle({ type: 'record-sign-out', person }, { by: person })
    },
    account: async (person) => accountOf(await engine.views(), person),
    notices: (person, role) => noticesFor(parts, person, role),
    jobs: [{ name: 'failed-sign-ins', everyMs: 60_000, run: () => parts.failures.record() }],
  }
}
