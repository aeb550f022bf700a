import { formatVerifierKey } from '../../ledger/keys.ts'
import type { VerifierKey } from '../../ledger/keys.ts'
import { hashToBase64 } from '../../ledger/merkle.ts'
import type { verifyLedger } from '../../contract/ledger.ts'
import type { Output } from '../../contract/route.ts'
import { isRefused } from '../../domain/decider.ts'
import type { Refused } from '../../domain/decider.ts'
import type { LedgerCommand } from '../../domain/ledger/ledger.ts'
import type { Policy } from '../../ledger/policy.ts'
import type { LedgerSource } from '../../ledger/source.ts'
import type { RunningEngine } from '../engine/create-engine.ts'
import type { Clock, Job } from '../ports.ts'
import { alarmRecorder } from './alarm-recorder.ts'
import { entryPage } from './entry-page.ts'
import { entryList, lastVerification } from './entry-reads.ts'
import type { EntryList, EntryPage, EntryQuery } from './entry-reads.ts'
import { healthOf } from './health.ts'
import type { Health } from './health.ts'
import type { EntryAudit, EntryIndex, KeptCheckpoint, WitnessPost } from './ports.ts'
import { publisher } from './publisher.ts'
import type { Unmet } from './publishing-run.ts'
import { ledgerRoom } from './room.ts'
import { serveLedger } from './serve.ts'
import type { LedgerAnswer } from './serve.ts'
import { startLedger } from './start.ts'
import type { StartOptions } from './start.ts'
import { verifyEverything } from './verify-everything.ts'
import type { Everything, OnVerifyProgress } from './verify-everything.ts'
import { witnesses } from './witnesses.ts'

export type LedgerNeeds = Omit<StartOptions, 'log'> & {
  /** Where the storage is, for who verifies in threads. */
  readonly source: LedgerSource
  readonly audit: () => Promise<EntryAudit & { readonly close: () => Promise<void> }>
  readonly index: EntryIndex
  readonly post: WitnessPost
  /** What to do when the quorum does not cosign; `alarm` unless said otherwise. */
  readonly unmet?: Unmet
  readonly patienceMs?: number
}

export type Ledger = {
  readonly origin: string
  readonly vkey: string
  /** A tlog-policy file for strangers: this log, its witnesses, its quorum. */
  readonly policy: string
  /** Publishes within a second of every commit from now on. */
  readonly start: () => void
  /** Ends publishing; what is being published is finished first. */
  readonly stop: () => Promise<void>
  /** Publishes all that is committed and waits for it; null while there is nothing. */
  readonly publishNow: () => Promise<KeptCheckpoint | null>
  /** The first published checkpoint that covers so many entries; the same one for ever. */
  readonly checkpointCovering: (size: number) => Promise<KeptCheckpoint | null>
  /** The newest published checkpoint; its root in Base64. */
  readonly head: () => Promise<{ size: number; root: string } | null>
  readonly health: () => Promise<Health>
  readonly entries: (query: EntryQuery) => Promise<EntryList>
  readonly entry: (seq: number) => Promise<EntryPage | Refused>
  /** Verifies files, entries, checkpoints and views, and records what came out as an entry. */
  readonly verify: (
    by: string,
    onProgress?: OnVerifyProgress,
  ) => Promise<Output<typeof verifyLedger>>
  readonly serve: (request: Parameters<typeof serveLedger>[1]) => Promise<LedgerAnswer>
  readonly jobs: readonly Job[]
}

/** Publishing waits so long for witnesses; a commit is published within a second all the same. */
const PATIENCE_MS = 350
/** Once a day, however often the program is started again. */
const VERIFY_AFTER_MS = 24 * 3_600_000
const LOOK_EVERY_MS = 10 * 60_000

/**
 * Opens the ledger on an engine: finds out whether it may go on (`LedgerStop`), then publishes.
 * Call it before the engine is `ready`, like every room.
 */
export async function openLedger(engine: RunningEngine, needs: LedgerNeeds): Promise<Ledger> {
  const room = engine.open(ledgerRoom)
  const { log } = engine
  const { storage, publication, clock } = needs
  const started = await startLedger({ ...needs, log })
  const { policy, signer } = started
  const asked = witnesses({
    policy,
    post: needs.post,
    read: storage.read,
    clock,
    patienceMs: needs.patienceMs ?? PATIENCE_MS,
  })
  const alarms = alarmRecorder(asked.states, async (found) => {
    await room.handle({ type: 'set-alarms', alarms: found }, { by: 'system:ledger' })
  })
  const publishing = publisher({
    ...started,
    log,
    storage,
    publication,
    clock,
    witnesses: asked,
    unmet: needs.unmet ?? 'alarm',
    onChange: alarms.update,
  })
  const vkey = formatVerifierKey(signer.key.verifier)
  const origin = signer.key.verifier.name
  const verify: Ledger['verify'] = async (by, onProgress) => {
    await publishing.publishNow().catch(() => null)
    const found = await verifyAll(engine, signer.key.verifier, policy, needs, onProgress)
    // The log may be what is broken: what was found is told all the same.
    const done = await room.handle(recordOf(found), { by }).catch(() => null)
    const seq = done === null || isRefused(done) ? null : done.last
    return { findings: [...found.findings], size: found.size, seq }
  }
  return {
    origin,
    vkey,
    policy: started.policyText,
    start: publishing.start,
    async stop() {
      await publishing.stop()
      await alarms.idle()
    },
    publishNow: publishing.publishNow,
    checkpointCovering: publication.covering,
    head: async () => shortHead(publishing.state().published),
    health: async () =>
      healthOf(await engine.views(), clock.now().toISOString(), {
        origin,
        vkey,
        policy: started.policyText,
        integrated: started.integrator.size(),
        state: publishing.state(),
        witnesses: asked.states(),
        alarms: alarms.current(),
      }),
    entries: async (query) => entryList(await engine.views(query.asOf), needs.index, query),
    entry: async (seq) => entryPage(await engine.views(), seq, { ...needs, log, vkey }),
    verify,
    serve: async (request) => serveLedger(storage.read, request),
    jobs: [verifyJob(engine, clock, verify)],
  }
}

function verifyJob(engine: RunningEngine, clock: Clock, verify: Ledger['verify']): Job {
  return {
    name: 'ledger-verify',
    everyMs: LOOK_EVERY_MS,
    async run() {
      const last = await lastVerification(await engine.views())
      const sinceMs = clock.now().getTime() - Date.parse(last?.at ?? '1970-01-01')
      if (sinceMs >= VERIFY_AFTER_MS) await verify('system:ledger')
    },
  }
}

function shortHead(newest: KeptCheckpoint | null): { size: number; root: string } | null {
  return newest === null ? null : { size: newest.size, root: hashToBase64(newest.root) }
}

async function verifyAll(
  engine: RunningEngine,
  key: VerifierKey,
  policy: Policy,
  needs: LedgerNeeds,
  onProgress: OnVerifyProgress | undefined,
): Promise<Everything> {
  const audit = await needs.audit()
  try {
    return await verifyEverything({
      source: needs.source,
      // The quorum is an alarm of its own; here it is about what the signed tree says.
      policy: { ...policy, quorum: 'none' },
      key,
      audit,
      publication: needs.publication,
      safe: needs.safe,
      compareViews: engine.compareViews,
      onProgress,
    })
  } finally {
    await audit.close()
  }
}

function recordOf({ size, root, findings }: Everything): LedgerCommand {
  const told = findings.map(({ code, where }) => ({ code, where }))
  return { type: 'record-verification', size, root, findings: told }
}
