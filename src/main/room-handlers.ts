import type { Ledger } from '../app/ledger/open.ts'
import { accessHandlers } from '../http/access.ts'
import { auditHandlers } from '../http/audit.ts'
import { criteriaHandlers } from '../http/criteria.ts'
import { customerHandlers } from '../http/customers.ts'
import { deviceHandlers } from '../http/devices.ts'
import { directoryHandlers } from '../http/directory.ts'
import { evidenceHandlers } from '../http/evidence.ts'
import { guideHandlers } from '../http/guide.ts'
import type { Handler } from '../http/handler.ts'
import { ledgerHandlers } from '../http/ledger.ts'
import { mailHandlers } from '../http/mail.ts'
import { organisationHandlers } from '../http/organisation.ts'
import { peopleHandlers } from '../http/people.ts'
import { policiesHandlers } from '../http/policies.ts'
import { servicesHandlers } from '../http/services.ts'
import { signingHandlers } from '../http/signing.ts'
import { trainingHandlers } from '../http/training.ts'
import type { Rooms } from './rooms.ts'

/** What answers each route of the contract. */
export function handlersOf(rooms: Rooms, ledger: Ledger, now: () => string): readonly Handler[] {
  const { access, organisation, criteria, controls, exceptions, judging } = rooms
  return [
    ...accessHandlers({ access, organisation, now }),
    ...organisationHandlers(organisation),
    ...signingHandlers(rooms.signing, rooms.signatureBundle),
    ...peopleHandlers(rooms.people),
    ...trainingHandlers(rooms.training),
    ...policiesHandlers(rooms.policies),
    ...deviceHandlers(rooms.devices),
    ...directoryHandlers(rooms.directory),
    ...servicesHandlers(rooms.services),
    ...evidenceHandlers(rooms.evidence),
    ...criteriaHandlers({ criteria, controls, exceptions, judging }),
    ...auditHandlers(rooms.audit),
    ...guideHandlers(rooms.guide, rooms.search),
    ...ledgerHandlers(ledger),
    ...customerHandlers(rooms.customers),
    ...mailHandlers({ links: rooms.customers.links, outbox: rooms.outbox, webhook: rooms.webhook }),
  ]
}
