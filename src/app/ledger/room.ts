import { ledgerEvent } from '../../domain/ledger/events.ts'
import { ledger } from '../../domain/ledger/ledger.ts'
import { defineRoom } from '../room.ts'

export const ledgerRoom = defineRoom({
  name: 'ledger',
  decider: ledger,
  event: ledgerEvent,
  streamOf: () => 'ledger',
})
