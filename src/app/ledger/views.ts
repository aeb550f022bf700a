import { defineProjection, reads } from '../projection.ts'
import type { Projection } from '../projection.ts'
import { ledgerRoom } from './room.ts'

const ledgerHealth = defineProjection({
  name: 'ledger-health',
  version: 1,
  tables: ['ledger_verifications', 'ledger_alarms'],
  ddl: `
    create table ledger_verifications (
      seq bigint primary key,
      size bigint not null,
      root text not null,
      findings integer not null,
      verified_at timestamptz not null
    );
    create table ledger_alarms (
      code text primary key,
      about text not null,
      since timestamptz not null,
      seq bigint not null
    );`,
  readers: [
    reads(ledgerRoom, async (event, { seq, effectiveAt }, view) => {
      switch (event.type) {
        case 'ledger.verified.v1': {
          const { size, root, findings } = event
          const row = { seq, size, root, findings, verified_at: effectiveAt }
          await view.put('ledger_verifications', row)
          return
        }
        case 'ledger.alarm-raised.v1': {
          const { code, about } = event
          await view.put('ledger_alarms', { code, about, since: effectiveAt, seq })
          return
        }
        case 'ledger.alarm-cleared.v1':
          await view.remove('ledger_alarms', { code: event.code })
          return
      }
    }),
  ],
})

export const ledgerProjections: readonly Projection[] = [ledgerHealth]
