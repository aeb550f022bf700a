import { evidence, type EvidenceCommand } from '../../domain/evidence/evidence.ts'
import { evidenceEvent } from '../../domain/evidence/events.ts'
import { defineRoom } from '../room.ts'

/** Each document is a stream of its own. */
export const evidenceRoom = defineRoom({
  name: 'evidence',
  decider: evidence,
  event: evidenceEvent,
  streamOf: (command: EvidenceCommand) => {
    switch (command.type) {
      case 'submit':
        return `evidence:${command.document.evidence}`
      case 'inspect':
        return `evidence:${command.evidence}`
    }
  },
})
