import { audit, type AuditCommand } from '../../domain/audit/audit.ts'
import { auditEvent } from '../../domain/audit/events.ts'
import { defineRoom } from '../room.ts'

export const auditRoom = defineRoom({
  name: 'audit',
  decider: audit,
  event: auditEvent,
  streamOf: (command: AuditCommand) => {
    switch (command.type) {
      case 'write-description':
        return `description:${command.block}`
      case 'sign-assertion':
        return `assertion:${command.asOf}:${command.language}`
      case 'record-report':
        return `reports:${command.report.asOf}`
    }
  },
})
