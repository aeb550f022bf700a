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
        return evidenceStream(command.document.evidence)
      case 'inspect':
        return evidenceStream(command.evidence)
    }
  },
})

export function evidenceStream(id: string): string {
  return `evidence:${id}`
}
