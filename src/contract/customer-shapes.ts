import { z } from 'zod'
import { agreementDocument, triggerKinds } from '../domain/customers/documents.ts'
import {
  agreementId,
  awsAccount,
  briefingId,
  contractId,
  entitlement,
  systemId,
  topics,
} from '../domain/customers/words.ts'
import { day, instant, markdown, sha256, shown, who } from './shared.ts'

export const agreementState = z.enum([
  'draft',
  'active',
  'suspended',
  'superseded',
  'declined',
  'revoked',
  'expired',
])

export const customerRow = z.object({
  id: z.string(),
  name: shown,
  since: day,
  state: z.enum(['active', 'ended']),
  systems: z.int(),
  hosts: z.int(),
  /** Contacts whose key is on the roster. */
  contacts: z.int(),
  agreements: z.object({ active: z.int(), waiting: z.int() }),
  /** Required topics that were told within their time and acknowledged, of how many. */
  understood: z.object({ done: z.int(), of: z.int() }),
  /** What needs looking after, worst first; empty when nothing does. */
  concerns: z.array(
    z.enum([
      'no-contact',
      'one-contact',
      'key-waiting',
      'agreement-expired',
      'agreement-expiring',
      'agreement-resign',
      'topic-missing',
      'acknowledgement-missing',
    ]),
  ),
})

const key = z.object({
  credentialId: z.string(),
  fingerprint: z.string(),
  /** `waiting`: enrolled, but nobody has vouched for it; `half-confirmed`: one of two has. */
  state: z.enum(['waiting', 'half-confirmed', 'on-roster', 'revoked']),
  vouched: z.enum(['contract', 'contact']).nullable(),
  vouchers: z.array(z.object({ by: who, at: instant, seq: z.int() })),
  since: instant,
  revokedAt: instant.nullable(),
})

export const contactShown = z.object({
  person: who.extend({ email: z.string().nullable() }),
  state: z.enum(['invited', 'on-roster', 'left']),
  entitlement,
  invitedBy: who,
  invitedAt: instant,
  leftAt: instant.nullable(),
  leftWhy: z.enum(['left', 'for-cause', 'withdrawn']).nullable(),
  keys: z.array(key),
})

const systemShown = z.object({
  id: systemId,
  name: shown,
  version: z.int(),
  state: z.enum(['active', 'retired']),
  environments: z.array(z.object({ code: z.string(), production: z.boolean() })),
  hosts: z.array(
    z.object({
      id: z.string(),
      environment: z.string(),
      production: z.boolean(),
      address: z.string(),
      port: z.int(),
      principals: z.array(z.string()),
      hostKey: z.string().nullable(),
    }),
  ),
  accounts: z.array(
    z.object({
      number: awsAccount,
      environment: z.string(),
      production: z.boolean(),
      roles: z.array(z.string()),
    }),
  ),
  seq: z.int(),
})

const agreementRow = z.object({
  id: agreementId,
  customer: z.string(),
  title: shown,
  state: agreementState,
  /** The version in force; null before the first is signed. */
  version: z.int().nullable(),
  newest: z.int(),
  /** Whether a version waits for the customer's signature. */
  waiting: z.boolean(),
  risk: z.enum(['normal', 'destructive']),
  systems: z.array(systemId),
  expires: day,
  resignBy: day.nullable(),
})

const briefingShown = z.object({
  id: briefingId,
  title: z.string(),
  summary: z.string(),
  topics: z.array(z.enum(topics)),
  heldOn: day,
  renewBy: day,
  ours: z.array(who),
  theirs: z.array(who),
  others: z.int(),
  materials: z.array(z.object({ fileName: z.string(), sha256, size: z.int() })),
  acknowledged: z.array(z.object({ by: who, at: instant, seq: z.int() })),
  document: sha256,
  seq: z.int(),
})

const coverage = z.array(
  z.object({
    topic: z.enum(topics),
    required: z.boolean(),
    state: z.enum(['understood', 'not-acknowledged', 'overdue', 'missing']),
    briefing: briefingId.nullable(),
    heldOn: day.nullable(),
    renewBy: day.nullable(),
  }),
)

export const customerShown = z.object({
  id: z.string(),
  name: shown,
  since: day,
  version: z.int(),
  state: z.enum(['active', 'ended']),
  seq: z.int(),
  systems: z.array(systemShown),
  contracts: z.array(
    z.object({
      id: contractId,
      title: z.string(),
      fileName: z.string(),
      sha256,
      signedOn: day,
      until: day.nullable(),
      by: who,
      seq: z.int(),
    }),
  ),
  contacts: z.array(contactShown),
  roster: z
    .object({ version: z.int(), digest: sha256, changedAt: instant, seq: z.int() })
    .nullable(),
  agreements: z.array(agreementRow),
  briefings: z.array(briefingShown),
  coverage,
  concerns: customerRow.shape.concerns,
})

const agreementVersion = z.object({
  version: z.int(),
  state: agreementState,
  document: sha256,
  title: shown,
  systems: z.array(systemId),
  hosts: z.array(z.string()),
  risk: z.enum(['normal', 'destructive']),
  runbook: markdown,
  runbookDigest: sha256,
  parameters: agreementDocument.shape.parameters,
  trigger: z.object({ kind: z.enum(triggerKinds), source: z.string() }),
  runLimit: z.object({ runs: z.int(), days: z.int() }),
  expires: day,
  draftedBy: who,
  draftedAt: instant,
  /** Who signed or declined it for the customer. */
  decidedBy: who.nullable(),
  decidedAt: instant.nullable(),
  signedSeq: z.int().nullable(),
  /** Why it was declined, suspended or revoked. */
  said: z.string().nullable(),
  seq: z.int(),
})

export const agreementShown = agreementRow.extend({
  customerName: shown,
  /** Newest first. */
  versions: z.array(agreementVersion),
})
