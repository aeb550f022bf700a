import { join } from 'node:path'
import { accessActs } from '../app/access/acts.ts'
import { openAccess, type AccessCases } from '../app/access/open.ts'
import type { RelyingParty } from '../app/access/passkeys.ts'
import type { SessionStore } from '../app/access/sessions.ts'
import { contentFolder, readCatalogue } from '../app/content/catalogue-files.ts'
import { openControls } from '../app/controls/open.ts'
import { openCriteria } from '../app/criteria/open.ts'
import { openDevices } from '../app/devices/open.ts'
import type { RunningEngine } from '../app/engine/create-engine.ts'
import { openEvidence } from '../app/evidence/open.ts'
import { openExceptions } from '../app/exceptions/open.ts'
import { openJudging } from '../app/judging/open.ts'
import { openOrganisation, type OrganisationCases } from '../app/organisation/open.ts'
import { openPeople } from '../app/people/open.ts'
import { openPolicies } from '../app/policies/open.ts'
import { readPolicyStarters } from '../app/policies/starters.ts'
import type { Blobs, Clock, Job } from '../app/ports.ts'
import { signatureBundle } from '../app/signing/bundle.ts'
import { openSigning, type LedgerHead, type Signing } from '../app/signing/open.ts'
import { openTraining } from '../app/training/open.ts'
import { readCourses } from '../app/training/starters.ts'
import { thisHost } from '../connectors/this-host/this-host.ts'
import { accessHandlers } from '../http/access.ts'
import { criteriaHandlers } from '../http/criteria.ts'
import { deviceHandlers } from '../http/devices.ts'
import { evidenceHandlers } from '../http/evidence.ts'
import type { Handler } from '../http/handler.ts'
import { organisationHandlers } from '../http/organisation.ts'
import { peopleHandlers } from '../http/people.ts'
import { policiesHandlers } from '../http/policies.ts'
import { signingHandlers } from '../http/signing.ts'
import { trainingHandlers } from '../http/training.ts'
import { clamdScanner } from '../store/virus-scanner.ts'
import { checks } from './room-list.ts'

export type RoomNeeds = {
  readonly engine: RunningEngine
  readonly blobs: Blobs
  readonly clock: Clock
  readonly party: RelyingParty
  readonly sessions: SessionStore
  readonly ledgerHead: () => Promise<LedgerHead | null>
  /** Told of errors that are nobody's answer. */
  readonly onError: (where: string, error: unknown) => void
}

export type Rooms = {
  readonly organisation: OrganisationCases
  readonly access: AccessCases
  readonly signing: Signing
  readonly handlers: readonly Handler[]
  readonly jobs: readonly Job[]
}

/** Opens every room on the engine and hands each what it needs of the others. */
export function openRooms(needs: RoomNeeds): Rooms {
  const { engine, blobs, clock, party, sessions } = needs
  const organisation = openOrganisation(engine)
  const access = openAccess(engine, { organisation, party, sessions })
  const people = openPeople(engine)
  const training = openTraining(engine, {
    blobs,
    starters: readCourses(join(contentFolder, 'courses')),
  })
  const policies = openPolicies(engine, {
    blobs,
    starters: readPolicyStarters(join(contentFolder, 'policies')),
  })
  const devices = openDevices(engine, {
    blobs,
    clock,
    connector: thisHost(),
    onError: needs.onError,
  })
  const evidence = openEvidence(engine, { blobs, scan: clamdScanner() })
  const catalogue = readCatalogue()
  const judging = openJudging(engine, { checks, catalogue, blobs, log: engine.log })
  const criteria = openCriteria(engine, { judging })
  const controls = openControls(engine, { judging })
  const exceptions = openExceptions(engine, { judging, blobs })
  const acts = [
    ...accessActs(engine, access.room),
    ...policies.acts,
    ...evidence.acts,
    ...criteria.acts,
    ...exceptions.acts,
  ]
  const signing = openSigning(engine, {
    acts,
    access: access.room,
    party,
    head: needs.ledgerHead,
  })
  const bundle = async (seq: number) => signatureBundle(await engine.views(), engine.log, seq)
  return {
    organisation,
    access,
    signing,
    handlers: [
      ...accessHandlers({ access, organisation, now: engine.now }),
      ...organisationHandlers(organisation),
      ...signingHandlers(signing, bundle),
      ...peopleHandlers(people),
      ...trainingHandlers(training),
      ...policiesHandlers(policies),
      ...deviceHandlers(devices),
      ...evidenceHandlers(evidence),
      ...criteriaHandlers({ criteria, controls, exceptions, judging }),
    ],
    jobs: [...access.jobs, devices.job, ...judging.jobs],
  }
}
