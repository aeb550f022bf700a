import { z } from 'zod'
import {
  agreementDocument,
  documentText,
  type AgreementDocument,
} from '../../domain/customers/documents.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Handled } from '../engine/engine.ts'
import type { Views } from '../ports.ts'
import { agreementOne, type AgreementShown } from './agreement-reads.ts'
import type { Notices } from './notices.ts'
import { customerOfContact, todayIn, type CustomersParts } from './parts.ts'

type Needs = CustomersParts & { readonly notices: Notices }

type Draft = {
  /** Absent for a new agreement. */
  readonly agreement?: string | undefined
  /** The newest version that the writer has seen. */
  readonly version: number
  readonly runbook: string
  readonly document: Omit<AgreementDocument, 'runbook'>
}

export type AgreementCases = {
  readonly get: (agreement: string, asOf?: string) => Promise<AgreementShown | Refused>
  /** For a contact: only his own customer's; of others he learns nothing. */
  readonly getOwn: (agreement: string, person: string) => Promise<AgreementShown | Refused>
  readonly draft: (
    customer: string,
    draft: Draft,
    by: string,
  ) => Promise<(Handled & { id: string; version: number }) | Refused>
  readonly stop: (
    agreement: string,
    how: 'suspend' | 'revoke',
    reason: string,
    by: string,
  ) => Promise<Handled | Refused>
  readonly stopOwn: (
    agreement: string,
    how: 'suspend' | 'revoke',
    reason: string,
    by: string,
  ) => Promise<Handled | Refused>
}

export function openAgreements(needs: Needs): AgreementCases {
  const { engine, blobs } = needs
  const get = async (agreement: string, asOf?: string) =>
    (await agreementOne(await engine.views(asOf), blobs, agreement)) ??
    refuse('agreement-unknown', agreement)
  return {
    get,
    async getOwn(agreement, person) {
      const own = await customerOfContact(needs, person)
      if (own?.agreements.has(agreement) !== true) return refuse('agreement-unknown', agreement)
      return get(agreement)
    },
    draft: (customer, draft, by) => draftAgreement(needs, customer, draft, by),
    async stop(agreement, how, reason, by) {
      const found = await get(agreement)
      if (isRefused(found)) return found
      const why = 'in-house' as const
      return stop(needs, { customer: found.customer, agreement, how, reason, why }, by)
    },
    async stopOwn(agreement, how, reason, by) {
      const own = await customerOfContact(needs, by)
      if (own?.agreements.has(agreement) !== true) return refuse('agreement-unknown', agreement)
      if (!own.roster.contacts.has(by)) return refuse('contact-not-on-roster', by)
      const why = 'customer' as const
      return stop(needs, { customer: own.customer, agreement, how, reason, why }, by)
    },
  }
}

async function draftAgreement(needs: Needs, customer: string, draft: Draft, by: string) {
  const { engine, room, blobs, notices } = needs
  if (!draft.runbook.isWellFormed()) return refuse('runbook-unreadable', 'runbook')
  const views = await engine.views()
  const { systems, hosts } = draft.document
  const stranger = await hostOutside(views, customer, systems, hosts)
  if (stranger !== null) return refuse('agreement-host-unknown', stranger)
  // Both are durable before the entry that names them.
  const runbook = await blobs.put(new TextEncoder().encode(draft.runbook))
  const document = agreementDocument.parse({ ...draft.document, runbook })
  const agreement = draft.agreement ?? engine.newId('agr')
  const version = draft.version + 1
  const { risk, runLimit, expires, title } = document
  const done = await room.handle(
    {
      type: 'draft-agreement',
      customer,
      agreement,
      version,
      document: await blobs.put(documentText(document)),
      systems,
      risk,
      runLimit,
      expires,
      today: await todayIn(views),
    },
    { by },
  )
  if (isRefused(done)) return done
  notices.later('agreement-waiting', { customer, title, by })
  return { ...done, id: agreement, version }
}

/** Hosts are those of the systems in the scope, and of nobody else's. */
async function hostOutside(
  views: Views,
  customer: string,
  systems: readonly string[],
  hosts: readonly string[],
): Promise<string | null> {
  const rows = await views.rows(
    z.object({ host: z.string() }),
    'select host from customer_hosts where customer = $1 and system = any($2)',
    [customer, systems],
  )
  const known = new Set(rows.map(({ host }) => host))
  return hosts.find((host) => !known.has(host)) ?? null
}

type Stop = {
  readonly customer: string
  readonly agreement: string
  readonly how: 'suspend' | 'revoke'
  readonly reason: string
  readonly why: 'in-house' | 'customer'
}

async function stop({ engine, room, blobs, notices }: Needs, asked: Stop, by: string) {
  const { customer, agreement, how, why } = asked
  const reason = asked.reason.toWellFormed()
  const done = await room.handle(
    how === 'suspend'
      ? { type: 'suspend-agreement', customer, agreement, why, reason }
      : { type: 'revoke-agreement', customer, agreement, reason },
    { by },
  )
  if (isRefused(done) || done.last === null) return done
  const shown = await agreementOne(await engine.views(), blobs, agreement)
  const title = shown?.title ?? { ja: agreement, en: agreement }
  notices.later('agreement-stopped', { customer, title, by })
  return done
}
