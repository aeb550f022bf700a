import { accessActs } from '../app/access/acts.ts'
import { openAccess, type AccessCases } from '../app/access/open.ts'
import type { RelyingParty } from '../app/access/passkeys.ts'
import { doorRefusals } from '../app/access/refusals.ts'
import type { SessionStore } from '../app/access/sessions.ts'
import { accessProjections } from '../app/access/views.ts'
import type { RunningEngine } from '../app/engine/create-engine.ts'
import { engineRefusals } from '../app/engine/refusals.ts'
import { openOrganisation, type OrganisationCases } from '../app/organisation/open.ts'
import { organisationProjections } from '../app/organisation/views.ts'
import { peopleRoom } from '../app/people/room.ts'
import { persons } from '../app/people/persons.ts'
import type { Job } from '../app/ports.ts'
import type { Projection } from '../app/projection.ts'
import { signatureBundle } from '../app/signing/bundle.ts'
import { openSigning, type LedgerHead, type Signing } from '../app/signing/open.ts'
import { signingRefusals } from '../app/signing/refusals.ts'
import { accessRefusals } from '../domain/access/refusals.ts'
import type { Text } from '../domain/decider.ts'
import { organisationRefusals } from '../domain/organisation/refusals.ts'
import { accessHandlers } from '../http/access.ts'
import type { Handler } from '../http/handler.ts'
import { organisationHandlers } from '../http/organisation.ts'
import { signingHandlers } from '../http/signing.ts'

/** Every view there is. */
export const projections: readonly Projection[] = [
  ...organisationProjections,
  ...accessProjections,
  persons,
]

/** Every refusal that a person can be given, by its code. */
export const refusalTexts: Readonly<Record<string, Text>> = {
  ...engineRefusals,
  ...organisationRefusals,
  ...accessRefusals,
  ...doorRefusals,
  ...signingRefusals,
}

export type RoomNeeds = {
  readonly engine: RunningEngine
  readonly party: RelyingParty
  readonly sessions: SessionStore
  readonly ledgerHead: () => Promise<LedgerHead | null>
}

export type Rooms = {
  readonly organisation: OrganisationCases
  readonly access: AccessCases
  readonly signing: Signing
  readonly handlers: readonly Handler[]
  readonly jobs: readonly Job[]
}

/** Opens every room on the engine and hands each what it needs of the others. */
export function openRooms({ engine, party, sessions, ledgerHead }: RoomNeeds): Rooms {
  const organisation = openOrganisation(engine)
  const access = openAccess(engine, { organisation, party, sessions })
  engine.open(peopleRoom)
  const acts = [...accessActs(engine, access.room)]
  const signing = openSigning(engine, { acts, access: access.room, party, head: ledgerHead })
  const bundle = async (seq: number) => signatureBundle(await engine.views(), engine.log, seq)
  return {
    organisation,
    access,
    signing,
    handlers: [
      ...accessHandlers({ access, organisation, now: engine.now }),
      ...organisationHandlers(organisation),
      ...signingHandlers(signing, bundle),
    ],
    jobs: [...access.jobs],
  }
}
