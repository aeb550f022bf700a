import { z } from 'zod'

/** What needs somebody's eyes. Codes of stops of the ledger are alarms too. */
export const alarmCodes = [
  'ledger-copy-damaged',
  'ledger-database-short',
  'ledger-file-damaged',
  'ledger-files-conflict',
  'ledger-publishing-fails',
  'ledger-quorum-unmet',
  'ledger-root-differs',
  'ledger-storage-unknown',
  'ledger-storage-unwritable',
  'ledger-witness-contradicts',
] as const
export type AlarmCode = (typeof alarmCodes)[number]

const code = z.enum(alarmCodes)

const verified = z.strictObject({
  type: z.literal('ledger.verified.v1'),
  /** How many entries, and the root of the tree they make (Base64). */
  size: z.int().min(0),
  root: z.string().max(60),
  /** How many things are not as they should be; the first of them are named. */
  findings: z.int().min(0),
  first: z.array(z.strictObject({ code: z.string().max(60), where: z.string().max(300) })).max(50),
})

const alarmRaised = z.strictObject({
  type: z.literal('ledger.alarm-raised.v1'),
  code,
  about: z.string().max(1_000),
})

const alarmCleared = z.strictObject({ type: z.literal('ledger.alarm-cleared.v1'), code })

export const ledgerEvent = z.discriminatedUnion('type', [verified, alarmRaised, alarmCleared])
export type LedgerEvent = z.infer<typeof ledgerEvent>
