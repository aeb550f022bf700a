import { refuse, type Decider } from '../decider.ts'
import type { Signature } from '../signature.ts'
import type { Conclusion, EvidenceEvent, Submitted } from './events.ts'

export type EvidenceCommand =
  | {
      readonly type: 'submit'
      readonly document: Omit<Submitted, 'type'>
      /** The day in the organisation's zone on which it is uploaded. */
      readonly today: string
    }
  | {
      readonly type: 'inspect'
      readonly evidence: string
      readonly conclusion: Conclusion
      readonly note: string
      readonly signature: Signature
    }

export type Evidence =
  | { readonly state: 'absent' }
  | { readonly state: 'awaiting-inspection'; readonly uploader: string }
  | {
      readonly state: 'accepted'
      readonly uploader: string
      /** Everybody who accepted it. */
      readonly inspectors: readonly string[]
    }
  | { readonly state: 'rejected'; readonly uploader: string }

export type EvidenceRefusal =
  | 'evidence-unknown'
  | 'evidence-own'
  | 'evidence-rejected'
  | 'evidence-period-backwards'
  | 'evidence-period-not-over'
  | 'evidence-note-missing'

/**
 * A document and what others concluded about it. Nobody inspects what they uploaded. One rejection
 * is final, whoever accepted before: a better document is a new piece of evidence.
 */
export const evidence: Decider<EvidenceCommand, Evidence, EvidenceEvent, EvidenceRefusal> = {
  initial: { state: 'absent' },
  decide(command, now, { by }) {
    switch (command.type) {
      case 'submit': {
        const { document, today } = command
        if (document.from > document.to) return refuse('evidence-period-backwards', 'from')
        if (document.to > today) return refuse('evidence-period-not-over', 'to')
        // The same bytes about the same days and controls have the same id: said again, it is known.
        if (now.state === 'rejected') return refuse('evidence-rejected', document.evidence)
        if (now.state !== 'absent') return []
        return [{ type: 'evidence.submitted.v1', ...document }]
      }
      case 'inspect': {
        if (now.state === 'absent') return refuse('evidence-unknown', command.evidence)
        if (now.uploader === by) return refuse('evidence-own', command.evidence)
        if (now.state === 'rejected') return refuse('evidence-rejected', command.evidence)
        if (command.conclusion === 'rejected' && command.note.trim() === '') {
          return refuse('evidence-note-missing', 'note')
        }
        const again = now.state === 'accepted' && now.inspectors.includes(by)
        if (again && command.conclusion === 'accepted') return []
        const { type: _, ...said } = command
        return [{ type: 'evidence.inspected.v1', ...said }]
      }
    }
  },
  evolve(now, event, { by }) {
    switch (event.type) {
      case 'evidence.submitted.v1':
        return { state: 'awaiting-inspection', uploader: by }
      case 'evidence.inspected.v1': {
        if (now.state === 'absent') return now
        if (event.conclusion === 'rejected' || now.state === 'rejected') {
          return { state: 'rejected', uploader: now.uploader }
        }
        const inspectors = now.state === 'accepted' ? now.inspectors : []
        return { state: 'accepted', uploader: now.uploader, inspectors: [...inspectors, by] }
      }
    }
  },
}
