import { refuse, type Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { AuditEvent, Language, ReportMade } from './events.ts'

export type AuditCommand =
  | {
      readonly type: 'write-description'
      readonly block: string
      /** SHA-256 of each text. */
      readonly text: { readonly ja: string; readonly en: string }
      /** The version that the writer saw; 0 for the starter text. */
      readonly version: number
    }
  | {
      readonly type: 'sign-assertion'
      readonly asOf: string
      readonly language: Language
      readonly digest: string
      readonly signature: Signature
    }
  | { readonly type: 'record-report'; readonly report: Omit<ReportMade, 'type'> }

export type Audit =
  /** Nothing decided yet; reports that were made decide nothing either. */
  | { readonly state: 'empty' }
  | {
      readonly state: 'described'
      readonly version: number
      readonly text: { readonly ja: string; readonly en: string }
    }
  | {
      readonly state: 'asserted'
      readonly signatures: readonly { readonly digest: string; readonly by: string }[]
    }

export type AuditRefusal = 'description-changed'

/**
 * Section III block by block, management's assertion, and the reports that were handed out. Each
 * block, each day's assertion and each day's reports are a stream of their own.
 */
export const audit: Decider<AuditCommand, Audit, AuditEvent, AuditRefusal> = {
  initial: { state: 'empty' },
  decide(command, now, { by }) {
    switch (command.type) {
      case 'write-description': {
        const { block, text } = command
        const version = now.state === 'described' ? now.version : 0
        if (command.version !== version) return refuse('description-changed', block)
        const same = now.state === 'described' && sameText(now.text, text)
        if (same) return []
        return [{ type: 'audit.description-written.v1', block, version: version + 1, text }]
      }
      case 'sign-assertion': {
        const signatures = now.state === 'asserted' ? now.signatures : []
        const { type: _, ...said } = command
        const again = signatures.some((one) => one.by === by && one.digest === said.digest)
        return again ? [] : [{ type: 'audit.assertion-signed.v1', ...said }]
      }
      case 'record-report':
        return [{ type: 'audit.report-made.v1', ...command.report }]
    }
  },
  evolve(now, event, { by }) {
    switch (event.type) {
      case 'audit.description-written.v1':
        return { state: 'described', version: event.version, text: event.text }
      case 'audit.assertion-signed.v1': {
        const signatures = now.state === 'asserted' ? now.signatures : []
        return { state: 'asserted', signatures: [...signatures, { digest: event.digest, by }] }
      }
      case 'audit.report-made.v1':
        return now
    }
  },
}

type Texts = { readonly ja: string; readonly en: string }

function sameText(one: Texts, other: Texts): boolean {
  return one.ja === other.ja && one.en === other.en
}
