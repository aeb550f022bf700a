import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { accessActs } from '../app/access/acts.ts'
import { openAccess } from '../app/access/open.ts'
import type { RelyingParty } from '../app/access/passkeys.ts'
import type { SessionStore } from '../app/access/sessions.ts'
import { heldSignature } from '../app/audit/assertion.ts'
import { openAudit } from '../app/audit/open.ts'
import { readStarterTexts } from '../app/audit/starter-texts.ts'
import { contentFolder, readCatalogue } from '../app/content/catalogue-files.ts'
import { openControls } from '../app/controls/open.ts'
import { openCriteria } from '../app/criteria/open.ts'
import { openCustomers } from '../app/customers/open.ts'
import type { HostConnector } from '../app/devices/connector.ts'
import { openDevices } from '../app/devices/open.ts'
import type { DirectoryConnector, Secrets } from '../app/directory/connector.ts'
import { openDirectory } from '../app/directory/open.ts'
import type { RunningEngine } from '../app/engine/create-engine.ts'
import { openEvidence } from '../app/evidence/open.ts'
import { openExceptions } from '../app/exceptions/open.ts'
import { openGuide } from '../app/guide/open.ts'
import { openJudging, type JudgingCases } from '../app/judging/open.ts'
import { openOrganisation } from '../app/organisation/open.ts'
import { openPeople } from '../app/people/open.ts'
import { openPolicies } from '../app/policies/open.ts'
import { readPolicyStarters } from '../app/policies/starters.ts'
import type { Alarm, Blobs, Clock, Job, Outbox } from '../app/ports.ts'
import type { Publication } from '../app/ledger/ports.ts'
import { openSearch } from '../app/search/open.ts'
import { openServices } from '../app/services/open.ts'
import { signatureBundle } from '../app/signing/bundle.ts'
import { openSigning, type LedgerHead } from '../app/signing/open.ts'
import { openTraining } from '../app/training/open.ts'
import { readCourses } from '../app/training/starters.ts'
import { createReportCompiler } from '../reports/report-compiler.ts'
import { createReportMaker } from '../reports/type1/maker.ts'
import { noAlarm } from '../store/webhook.ts'
import { clamdScanner } from '../store/virus-scanner.ts'
import { checks } from './room-list.ts'

export type RoomNeeds = {
  readonly engine: RunningEngine
  readonly blobs: Blobs
  readonly clock: Clock
  readonly party: RelyingParty
  readonly sessions: SessionStore
  readonly ledgerHead: () => Promise<LedgerHead | null>
  /** Looks at machines; the demonstration brings one of its own. */
  readonly connector: HostConnector
  /** Reads directories with passwords from the safe. */
  readonly directoryConnector: DirectoryConnector
  readonly secrets: Secrets
  readonly publication: Pick<Publication, 'covering' | 'knownIdentity'>
  readonly outbox: Outbox
  readonly alarm: Alarm
  /** Told of errors that are nobody's answer. */
  readonly onError: (where: string, error: unknown) => void
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>

/** Opens every room on the engine and hands each what it needs of the others. */
export async function openRooms(needs: RoomNeeds) {
  const { engine, blobs, clock, party, sessions, connector, onError } = needs
  const organisation = openOrganisation(engine)
  const access = openAccess(engine, { organisation, party, sessions })
  const people = openPeople(engine, { blobs })
  const courses = readCourses(join(contentFolder, 'courses'))
  const training = openTraining(engine, { blobs, starters: courses })
  const starters = readPolicyStarters(join(contentFolder, 'policies'))
  const policies = openPolicies(engine, { blobs, starters })
  const devices = openDevices(engine, { blobs, clock, connector, onError })
  const directory = openDirectory(engine, {
    blobs,
    clock,
    secrets: needs.secrets,
    connector: needs.directoryConnector,
    onError,
  })
  const scan = clamdScanner()
  const evidence = openEvidence(engine, { blobs, scan })
  const { outbox: mailer, alarm } = needs
  const { origin } = party
  const guests = { access, mailer, alarm, scan, origin, onError }
  const customers = openCustomers(engine, { blobs, ...guests })
  const judged = openJudged(needs)
  const described = await openDescribed(needs, judged.judging)
  const { audit } = described
  const guide = openGuide(engine, { judging: judged.judging, policies, training, audit })
  const { criteria, exceptions } = judged
  const acts = [policies, evidence, criteria, exceptions, audit, customers].flatMap(
    (room) => room.acts,
  )
  const signing = openSigning(engine, {
    acts: [...accessActs(engine, access.room), ...acts],
    access: access.room,
    party,
    guestKeys: customers.signingKeys,
    head: needs.ledgerHead,
  })
  const rooms = { organisation, access, people, training, policies, devices, evidence, customers }
  return {
    ...rooms,
    directory,
    services: openServices(engine, { blobs, checks }),
    ...judged,
    ...described,
    guide,
    signing,
    signatureBundle: async (seq: number) => signatureBundle(await engine.views(), engine.log, seq),
    outbox: needs.outbox,
    webhook: alarm !== noAlarm,
    jobs: [
      ...access.jobs,
      devices.job,
      ...directory.jobs,
      ...judged.judging.jobs,
      mailJob(needs.outbox),
    ],
    /** Ends what the rooms have started beside the engine. */
    close: async () => {
      await customers.close()
      await devices.close()
      await directory.close()
      await described.compiler.close()
    },
  }
}

const mailEveryMs = 5_000

function mailJob({ deliver }: Outbox): Job {
  return { name: 'mail', everyMs: mailEveryMs, run: deliver }
}

/** What holds the facts against the rules, and what shows it. */
function openJudged({ engine, blobs }: RoomNeeds) {
  const catalogue = readCatalogue()
  const judging = openJudging(engine, { checks, catalogue, blobs, log: engine.log })
  return {
    judging,
    criteria: openCriteria(engine, { judging }),
    controls: openControls(engine, { judging }),
    exceptions: openExceptions(engine, { judging, blobs }),
    search: openSearch(engine, { catalogue, checks }),
  }
}

/** What is written about it all: the description, the assertion, the report. */
async function openDescribed(
  { engine, blobs, publication, onError }: RoomNeeds,
  { judge }: JudgingCases,
) {
  const starter = await readStarterTexts(pathToFileURL(`${contentFolder}/`))
  const { views, viewsAtSize, log } = engine
  const past = { views, viewsAtSize, judge, held: heldSignature(log) }
  const compiler = createReportCompiler()
  const onFault = (error: unknown) => {
    onError('report', error)
  }
  const reports = createReportMaker({ past, starter, publication, compiler, onFault })
  return { compiler, audit: openAudit(engine, { blobs, starter, past, reports }) }
}
