import { refuse, type Refused } from '../../domain/decider.ts'
import type { Category } from '../../domain/organisation/events.ts'
import type {
  Organisation,
  OrganisationCommand,
  OrganisationRefusal,
} from '../../domain/organisation/organisation.ts'
import type { Engine, EngineRefusal, Handled, RoomHandle } from '../engine/engine.ts'
import { organisationOf, type OrganisationRow } from './reads.ts'
import { organisationRoom } from './room.ts'

export type OrganisationCases = {
  readonly room: RoomHandle<OrganisationCommand, Organisation, OrganisationRefusal>
  /** The organisation, now or as it was; null before it is set up. */
  readonly read: (asOf?: string) => Promise<OrganisationRow | null>
  readonly changeScope: (
    change: { readonly categories: readonly Category[]; readonly reason: string },
    by: string,
  ) => Promise<Handled | Refused<OrganisationRefusal | EngineRefusal>>
  /** As `read`, for a question that makes no sense before the set-up. */
  readonly mustRead: (
    asOf?: string,
  ) => Promise<OrganisationRow | Refused<'organisation-not-set-up'>>
}

export function openOrganisation(engine: Engine): OrganisationCases {
  const room = engine.open(organisationRoom)
  const read = async (asOf?: string) => organisationOf(await engine.views(asOf))
  return {
    room,
    read,
    mustRead: async (asOf) => (await read(asOf)) ?? refuse('organisation-not-set-up'),
    changeScope: ({ categories, reason }, by) =>
      room.handle({ type: 'change-scope', categories, reason }, { by }),
  }
}
