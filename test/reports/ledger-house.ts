import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { accessRoom } from '../../src/app/access/room.ts'
import { accessProjections } from '../../src/app/access/views.ts'
import { openAudit, type ReportAsk } from '../../src/app/audit/open.ts'
import { readStarterTexts } from '../../src/app/audit/starter-texts.ts'
import { auditProjections } from '../../src/app/audit/views.ts'
import { readCatalogue } from '../../src/app/content/catalogue-files.ts'
import { openControls } from '../../src/app/controls/open.ts'
import { controlsProjections } from '../../src/app/controls/views.ts'
import { openCriteria } from '../../src/app/criteria/open.ts'
import { criteriaProjections } from '../../src/app/criteria/views.ts'
import { devicesRoom } from '../../src/app/devices/room.ts'
import { devicesProjections } from '../../src/app/devices/views.ts'
import { noVirusScanner, openEvidence } from '../../src/app/evidence/open.ts'
import { readEnvelope } from '../../src/app/engine/envelope.ts'
import { evidenceProjections } from '../../src/app/evidence/views.ts'
import { openExceptions } from '../../src/app/exceptions/open.ts'
import { exceptionsProjections } from '../../src/app/exceptions/views.ts'
import { createJudging } from '../../src/app/judging/judging.ts'
import { openJudging } from '../../src/app/judging/open.ts'
import { judgingProjections } from '../../src/app/judging/views.ts'
import { startLedger } from '../../src/app/ledger/start.ts'
import { publisher } from '../../src/app/ledger/publisher.ts'
import { witnesses } from '../../src/app/ledger/witnesses.ts'
import { openOrganisation } from '../../src/app/organisation/open.ts'
import { organisationProjections } from '../../src/app/organisation/views.ts'
import { openPeople } from '../../src/app/people/open.ts'
import { peopleProjections } from '../../src/app/people/views.ts'
import { policiesRoom } from '../../src/app/policies/room.ts'
import { policiesProjections } from '../../src/app/policies/views.ts'
import type { ActHandler } from '../../src/app/signed-act.ts'
import { openTestEngine, type TestEngine } from '../../src/app/testing.ts'
import { trainingRoom } from '../../src/app/training/room.ts'
import { trainingProjections } from '../../src/app/training/views.ts'
import { accessChecks } from '../../src/domain/access/checks.ts'
import { controlsChecks } from '../../src/domain/controls/checks.ts'
import { criteriaChecks } from '../../src/domain/criteria/checks.ts'
import { isRefused, type Refused } from '../../src/domain/decider.ts'
import { evidenceChecks } from '../../src/domain/evidence/checks.ts'
import { exceptionsChecks } from '../../src/domain/exceptions/checks.ts'
import { judgingChecks } from '../../src/domain/judging/checks.ts'
import { createReportCompiler } from '../../src/reports/report-compiler.ts'
import { createReportMaker } from '../../src/reports/type1/maker.ts'
import { openKeyFolder } from '../../src/store/key-folder.ts'
import { openLedgerFolder } from '../../src/store/ledger-folder.ts'
import { openPublication } from '../../src/store/publication.ts'

/** Everything that a report stands on, real: engine, rooms, ledger with its files, typesetter. */
export const ai = `per_${'a'.repeat(26)}`
export const ken = `per_${'k'.repeat(26)}`

export const checks = [
  ...accessChecks,
  ...criteriaChecks,
  ...controlsChecks,
  ...exceptionsChecks,
  ...evidenceChecks,
  ...judgingChecks,
]

const projections = [
  ...organisationProjections,
  ...accessProjections,
  ...peopleProjections,
  ...trainingProjections,
  ...policiesProjections,
  ...devicesProjections,
  ...criteriaProjections,
  ...controlsProjections,
  ...exceptionsProjections,
  ...judgingProjections,
  ...evidenceProjections,
  ...auditProjections,
]

export type LedgerHouse = Awaited<ReturnType<typeof openLedgerHouse>>

/** A new organisation in Tokyo on 5 January 2026, with a library of controls to adopt. */
export async function openLedgerHouse() {
  const opened = await openTestEngine({ projections })
  const { engine, blobs, clock } = opened
  engine.open(accessRoom)
  engine.open(devicesRoom)
  engine.open(trainingRoom)
  engine.open(policiesRoom)
  const people = openPeople(engine, { blobs })
  const organisation = openOrganisation(engine)
  const evidence = openEvidence(engine, { blobs, scan: noVirusScanner })
  const catalogue = withoutForeignChecks(readCatalogue())
  const judging = openJudging(engine, { checks, catalogue, blobs, log: engine.log })
  const criteria = openCriteria(engine, { judging })
  const controls = openControls(engine, { judging })
  const exceptions = openExceptions(engine, { judging, blobs })
  const { publication, publish } = await openLedger(opened)
  const compiler = createReportCompiler()
  onTestFinished(compiler.close)
  const starter = await readStarterTexts(new URL('../../content/', import.meta.url))
  // The signatures here are made up; test/http tries real ones.
  const held = async (_: unknown, seq: number) => {
    const [bytes] = await engine.log.entries(seq, seq + 1)
    return bytes === undefined ? null : readEnvelope(bytes)
  }
  const { views, viewsAtSize } = engine
  const past = { views, viewsAtSize, judge: judging.judge, held }
  const faults: unknown[] = []
  const onFault = (error: unknown) => void faults.push(error)
  const parts = { starter, publication, compiler, onFault, coveringWaitMs: 500 }
  const reports = createReportMaker({ past, ...parts })
  /** As another program would make it that has only the ledger, and nothing in its memory. */
  const elsewhere = (ask: ReportAsk) => {
    const { judge } = createJudging({ checks, catalogue })
    return createReportMaker({ past: { ...past, judge }, ...parts }).type1(ask)
  }
  const audit = openAudit(engine, { blobs, starter, past, reports })
  await succeeds(
    organisation.room.handle(
      {
        type: 'set-up',
        name: { ja: '株式会社ひかり', en: 'Hikari K.K.' },
        timeZone: 'Asia/Tokyo',
        categories: ['security'],
        demonstration: false,
      },
      { by: ai },
    ),
  )
  return {
    ...opened,
    clock,
    people,
    organisation,
    evidence,
    judging,
    criteria,
    controls,
    exceptions,
    audit,
    elsewhere,
    publish,
    publication,
    starter,
    faults,
  }
}

/** The library names checks of rooms that are not open here. */
function withoutForeignChecks(catalogue: ReturnType<typeof readCatalogue>) {
  const known = new Set(checks.map(({ id }) => id))
  return {
    ...catalogue,
    controls: catalogue.controls.map((control) => ({
      ...control,
      checks: control.checks.filter((check) => known.has(check)),
      evidence: control.evidence || !control.checks.some((check) => known.has(check)),
    })),
  }
}

async function openLedger({ engine, clock, database }: TestEngine) {
  const folder = await mkdtemp(join(tmpdir(), 'arinomama-report-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const publication = openPublication(database)
  onTestFinished(publication.close)
  await engine.ready()
  const storage = openLedgerFolder(join(folder, 'ledger'))
  const safe = openKeyFolder(join(folder, 'keys'))
  const origin = 'ledger.hikari.example/arinomama'
  const options = { log: engine.log, storage, safe, publication, clock, origin }
  const started = await startLedger(options)
  const asked = witnesses({
    policy: started.policy,
    post: () => Promise.reject(new Error('there are no witnesses here')),
    read: storage.read,
    clock,
    patienceMs: 1,
  })
  const publishing = publisher({
    ...started,
    log: engine.log,
    storage,
    publication,
    witnesses: asked,
    unmet: 'alarm',
    clock,
    onChange: () => {},
  })
  return { publication, publish: publishing.publishNow }
}

const signature = {
  statement: '{}',
  credentialId: 'cred',
  authenticatorData: 'a',
  clientDataJSON: 'd',
  signature: 's',
}

/** Prepares and carries out a signed act, as signing does after it has verified the signature. */
export async function sign(
  acts: readonly ActHandler[],
  input: Parameters<ActHandler['statement']>[0],
  person: string,
) {
  const signer = { person, role: 'administrator' } as const
  const act = acts.find((one) => one.act === input.act)
  if (act === undefined) throw new Error(`there is no act ${input.act}`)
  const statement = await act.statement(input, signer)
  if (isRefused(statement)) return statement
  return await act.carryOut({ ...statement }, signature, signer)
}

export async function succeeds<T extends object>(answer: Promise<T | Refused>): Promise<T> {
  const given = await answer
  if (isRefused(given)) throw new Error(`refused: ${given.refused} ${given.about ?? ''}`)
  return given
}
