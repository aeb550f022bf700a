import type { Language, ReportFormat } from '../../domain/audit/events.ts'
import type { ReportRefusal } from '../../domain/audit/refusals.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Blobs } from '../ports.ts'
import type { ActHandler } from '../signed-act.ts'
import { auditActs } from './acts.ts'
import { assertionSignature, assertionText, type AssertionSignature } from './assertion.ts'
import { description, type DescriptionBlock } from './description.ts'
import { figuresOf, type Figures } from './figures.ts'
import { dayOf, factsOf, type Past } from './prefix.ts'
import { auditRoom } from './room.ts'
import type { StarterTexts } from './starter-texts.ts'

export type ReportAsk = {
  readonly asOf: string
  readonly language: Language
  readonly format: ReportFormat
  /** Prints the report of an earlier moment of that day again; none means all of the day. */
  readonly size?: number | undefined
}

/** A report as a file, with what it stands on. */
export type MadeReport = {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly mediaType: string
  readonly fileName: string
  readonly prefix: number
  readonly checkpoint: number
  readonly assertion: 'signed' | 'unsigned'
}

/** Makes reports; `src/reports` is behind it. */
export type ReportMaker = {
  readonly type1: (ask: ReportAsk) => Promise<MadeReport | Refused<ReportRefusal>>
}

export type AuditCases = {
  readonly description: (
    asOf?: string,
  ) => Promise<
    { readonly blocks: readonly DescriptionBlock[]; readonly figures: Figures } | Refused
  >
  readonly writeDescription: (
    written: {
      readonly block: string
      readonly text: { readonly ja: string; readonly en: string }
      readonly version: number
    },
    by: string,
  ) => Promise<Handled | Refused>
  readonly assertion: (of: {
    readonly asOf?: string | undefined
    readonly language?: Language | undefined
  }) => Promise<
    | {
        readonly text: string
        readonly digest: string
        readonly signed: AssertionSignature | null
      }
    | Refused
  >
  /** Makes the report and records who was handed it. */
  readonly makeReport: (ask: ReportAsk, by: string) => Promise<MadeReport | Refused>
  readonly acts: readonly ActHandler[]
}

/** Section III, management's assertion, and reports. */
export function openAudit(
  engine: Engine,
  needs: {
    readonly blobs: Blobs
    readonly starter: StarterTexts
    readonly past: Past
    readonly reports: ReportMaker
  },
): AuditCases {
  const { blobs, starter, past, reports } = needs
  const room = engine.open(auditRoom)
  const today = async () => dayOf(await engine.views())
  return {
    description: async (asOf) => {
      // What a page shows need not be judged at the very instant, as what is printed must.
      const views = await engine.views(asOf)
      const figures = await figuresOf(views, await past.judge(views))
      if (figures === null) return refuse('report-day-too-early', asOf)
      return { blocks: await description(views, starter), figures }
    },
    writeDescription: async ({ block, text, version }, by) => {
      if (!starter.blocks.some(({ id }) => id === block)) {
        return refuse('description-block-unknown', block)
      }
      const put = (words: string) => blobs.put(new TextEncoder().encode(words.toWellFormed()))
      // Durable before the entry that names them.
      const written = { ja: await put(text.ja), en: await put(text.en) }
      const command = { type: 'write-description', block, text: written, version } as const
      return room.handle(command, { by })
    },
    assertion: async ({ asOf, language = 'ja' }) => {
      const day = asOf ?? (await today())
      const facts = await factsOf(past, day)
      if (isRefused(facts)) return facts
      const { text, digest } = assertionText(starter, facts.figures, language)
      const of = { asOf: day, language, digest }
      return { text, digest, signed: await assertionSignature(await engine.views(), of, past.held) }
    },
    makeReport: async (ask, by) => {
      const made = await reports.type1(ask)
      if (isRefused(made)) return made
      const { asOf, language, format } = ask
      const { prefix, checkpoint, assertion, sha256, bytes } = made
      const report = {
        asOf,
        language,
        format,
        prefix,
        checkpoint,
        assertion,
        sha256,
        size: bytes.length,
      }
      const recorded = await room.handle({ type: 'record-report', report }, { by })
      // Nobody is handed a report of which the ledger does not know.
      return isRefused(recorded) ? recorded : made
    },
    acts: auditActs(room, { past, starter, blobs }),
  }
}
