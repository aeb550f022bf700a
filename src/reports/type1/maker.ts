import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertionSignature, assertionText } from '../../app/audit/assertion.ts'
import type { MadeReport, ReportAsk, ReportMaker } from '../../app/audit/open.ts'
import { factsOf, type Facts, type Past } from '../../app/audit/prefix.ts'
import type { StarterTexts } from '../../app/audit/starter-texts.ts'
import type { Publication } from '../../app/ledger/ports.ts'
import type { ReportFormat } from '../../domain/audit/events.ts'
import type { ReportRefusal } from '../../domain/audit/refusals.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { ReportCompiler } from '../report-compiler.ts'
import { ReportError } from '../report-error.ts'
import { buildType1 } from './build.ts'
import { printedCheckpoint } from './covering.ts'
import type { Checkpoint, Type1Report } from './model.ts'
import { renderType1 } from './render.ts'

/** Reports whose bytes are kept, so that several people who ask for one do not make it anew. */
const KEPT_MAX = 6
const COVERING_WAIT_MS = 8_000
const COVERING_EVERY_MS = 200

export type MakerNeeds = {
  readonly past: Past
  readonly starter: StarterTexts
  readonly publication: Pick<Publication, 'covering' | 'knownIdentity'>
  readonly compiler: ReportCompiler
  /** How long to wait for a checkpoint that covers the report; publishing follows within a second. */
  readonly coveringWaitMs?: number
  /** What nobody expected, for the operators' log; the reader gets a code. */
  readonly onFault: (error: unknown) => void
}

/** Makes Type 1 reports from the ledger: the same prefix, day and language give the same bytes. */
export function createReportMaker(needs: MakerNeeds): ReportMaker {
  const kept = new Map<string, Promise<MadeReport>>()

  const once = (key: string, make: () => Promise<MadeReport>): Promise<MadeReport> => {
    const known = kept.get(key)
    kept.delete(key)
    const made = known ?? make()
    kept.set(key, made)
    if (known === undefined) made.catch(() => kept.get(key) === made && kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break
      kept.delete(oldest)
    }
    return made
  }

  return {
    async type1(ask) {
      try {
        const stands = await standing(needs, ask)
        if (isRefused(stands)) return stands
        const { facts, signature, checkpoint } = stands
        const { asOf, language, format } = ask
        const key = [
          asOf,
          language,
          format,
          facts.views.size,
          facts.judged.asOf,
          checkpoint.size,
          JSON.stringify(signature),
        ].join(' ')
        return await once(key, async () => {
          const { starter, compiler } = needs
          const report = await buildType1({ facts, starter, language, signature, checkpoint })
          return madeFile(report, format, await renderType1(report, format, compiler))
        })
      } catch (error) {
        needs.onFault(error)
        const busy = error instanceof ReportError && error.code === 'report-queue-full'
        return refuse(busy ? 'report-busy' : 'report-not-made')
      }
    },
  }
}

type Stands = {
  readonly facts: Facts
  readonly signature: Awaited<ReturnType<typeof assertionSignature>>
  readonly checkpoint: Checkpoint
}

/** What the report stands on: facts, the assertion's signature, the checkpoint over both. */
async function standing(
  { past, starter, publication, coveringWaitMs = COVERING_WAIT_MS }: MakerNeeds,
  { asOf, language, size }: ReportAsk,
): Promise<Stands | Refused<ReportRefusal>> {
  const facts = await factsOf(past, asOf, size)
  if (isRefused(facts)) return facts
  const { digest } = assertionText(starter, facts.figures, language)
  const of = { asOf, language, digest }
  const signature = await assertionSignature(await past.views(), of, past.held)
  const covered = Math.max(facts.views.size, (signature?.seq ?? -1) + 1)
  const checkpoint = await covering(publication, covered, coveringWaitMs)
  return checkpoint === null
    ? refuse('report-checkpoint-pending')
    : { facts, signature, checkpoint }
}

async function covering(
  publication: MakerNeeds['publication'],
  size: number,
  waitMs: number,
): Promise<Checkpoint | null> {
  for (let waitedMs = 0; waitedMs <= waitMs; waitedMs += COVERING_EVERY_MS) {
    const [kept, identity] = await Promise.all([
      publication.covering(size),
      publication.knownIdentity(),
    ])
    if (kept !== null && identity !== null) return printedCheckpoint(kept, identity)
    await sleep(COVERING_EVERY_MS)
  }
  return null
}

const kinds: Readonly<Record<ReportFormat, { mediaType: string; extension: string }>> = {
  pdf: { mediaType: 'application/pdf', extension: 'pdf' },
  markdown: { mediaType: 'text/markdown; charset=utf-8', extension: 'md' },
  json: { mediaType: 'application/json', extension: 'json' },
}

function madeFile(report: Type1Report, format: ReportFormat, bytes: Uint8Array): MadeReport {
  const { mediaType, extension } = kinds[format]
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mediaType,
    fileName: `soc2-type1-${report.asOf.date}-${report.language}.${extension}`,
    prefix: report.prefix,
    checkpoint: report.checkpoint.size,
    assertion: report.assertion.status,
  }
}
