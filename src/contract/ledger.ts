import { z } from 'zod'
import { route } from './route.ts'
import { asOf, instant, sha256, who } from './shared.ts'

const entryRow = z.object({
  seq: z.int(),
  type: z.string(),
  stream: z.string(),
  recordedAt: instant,
  effectiveAt: instant,
  by: who,
})

export const getLedger = route({
  id: 'getLedger',
  method: 'get',
  path: '/api/ledger',
  permission: 'ledger.read',
  summary: "The ledger's health: size, last checkpoint, witnesses, alarms",
  response: z.object({
    origin: z.string(),
    vkey: z.string(),
    size: z.int(),
    integrated: z.int(),
    checkpoint: z
      .object({ size: z.int(), root: z.string(), at: instant, text: z.string() })
      .nullable(),
    witnesses: z.array(
      z.object({
        name: z.string(),
        url: z.string(),
        state: z.enum(['cosigned', 'silent', 'refused']),
        size: z.int().nullable(),
        at: instant.nullable(),
        message: z.string().nullable(),
      }),
    ),
    quorum: z.object({ met: z.boolean(), policy: z.string() }),
    alarms: z.array(
      z.object({
        code: z.string(),
        message: z.object({ ja: z.string(), en: z.string() }),
        since: instant,
      }),
    ),
    lastVerified: z
      .object({ at: instant, size: z.int(), findings: z.int(), seq: z.int() })
      .nullable(),
  }),
})

/** Recomputes everything and records the outcome as an entry. */
export const verifyLedger = route({
  id: 'verifyLedger',
  method: 'post',
  path: '/api/ledger/verify',
  permission: 'ledger.read',
  summary: 'Verify the ledger, the database and every view now',
  response: z.object({
    findings: z.array(z.object({ code: z.string(), where: z.string(), message: z.string() })),
    size: z.int(),
    seq: z.int().nullable(),
  }),
})

export const listEntries = route({
  id: 'listEntries',
  method: 'get',
  path: '/api/entries',
  permission: 'ledger.read',
  summary: 'Entries, newest first: the history of any object is its stream',
  query: asOf.extend({
    before: z.coerce.number().int().min(0).optional(),
    since: z.iso.date().optional(),
    stream: z.string().max(120).optional(),
    type: z.string().max(120).optional(),
    by: z.string().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({ entries: z.array(entryRow), total: z.int() }),
})

export const getEntry = route({
  id: 'getEntry',
  method: 'get',
  path: '/api/entries/{seq}',
  permission: 'ledger.read',
  summary: 'One entry: its exact bytes, and its proof once published',
  params: z.object({ seq: z.coerce.number().int().min(0) }),
  response: entryRow.extend({
    /** The canonical bytes, as text; personal fields are ciphertext. */
    canonical: z.string(),
    leafHash: sha256,
    /** The `.tlog-proof` file; null until a checkpoint covers the entry. */
    proof: z.string().nullable(),
    signed: z.object({ by: who, statement: z.string(), valid: z.boolean() }).nullable(),
    previous: z.int().nullable(),
    next: z.int().nullable(),
  }),
})

export const ledgerRoutes = [getLedger, verifyLedger, listEntries, getEntry] as const
