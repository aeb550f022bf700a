import { z } from 'zod'
import { rosterDigest } from '../../domain/customers/roster.ts'
import type { Agreement, Present } from '../../domain/customers/customer.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { defineAct, signedMeta, type ActHandler, type Signer } from '../signed-act.ts'
import { agreementOne } from './agreement-reads.ts'
import type { Notices } from './notices.ts'
import { customerOfContact, todayIn, type CustomersParts } from './parts.ts'

const signed = z.object({
  customer: z.string(),
  agreement: z.string(),
  version: z.int(),
  document: z.string(),
})

type Needs = CustomersParts & { readonly notices: Notices }

/** A customer’s contact signs one version, by its digest; the rest is for the eye. */
export function agreementActs(needs: Needs): readonly ActHandler[] {
  return [signAgreement(needs), declineAgreement(needs), acknowledgeBriefing(needs)]
}

function signAgreement(parts: CustomersParts): ActHandler {
  return defineAct({
    act: 'sign-agreement',
    permission: 'customer.own',
    signed,
    async statement({ agreement, version }, signer) {
      const found = await versionFor(parts, signer, agreement, version)
      if (isRefused(found)) return found
      return { act: 'sign-agreement', ...found }
    },
    async carryOut({ customer, agreement, version, document }, signature, signer) {
      const stranger = await otherCustomer(parts, signer, customer)
      if (stranger !== null) return stranger
      const today = await todayIn(await parts.engine.views())
      const said = { customer, agreement, version, document, signature, today }
      return parts.room.handle({ type: 'sign-agreement', ...said }, signedMeta(signature, signer))
    },
  })
}

function declineAgreement(parts: Needs): ActHandler {
  return defineAct({
    act: 'decline-agreement',
    permission: 'customer.own',
    signed: signed.extend({ reason: z.string() }),
    async statement({ agreement, version, reason }, signer) {
      const found = await versionFor(parts, signer, agreement, version)
      if (isRefused(found)) return found
      return { act: 'decline-agreement', ...found, reason: reason.toWellFormed() }
    },
    async carryOut(statement, signature, signer) {
      const stranger = await otherCustomer(parts, signer, statement.customer)
      if (stranger !== null) return stranger
      const command = { type: 'decline-agreement', ...statement, signature } as const
      const { customer, agreement } = statement
      const shown = await agreementOne(await parts.engine.views(), parts.blobs, agreement)
      const done = await parts.room.handle(command, signedMeta(signature, signer))
      if (!isRefused(done) && shown !== null) {
        const author = shown.versions[0]?.draftedBy.id ?? ''
        const told = { customer, title: shown.title, by: signer.person, to: author }
        parts.notices.later('agreement-declined', told)
      }
      return done
    },
  })
}

function acknowledgeBriefing(parts: CustomersParts): ActHandler {
  return defineAct({
    act: 'acknowledge-briefing',
    permission: 'customer.own',
    signed: z.object({ customer: z.string(), briefing: z.string(), document: z.string() }),
    async statement({ briefing }, signer) {
      const state = await customerOfContact(parts, signer.person)
      const held = state?.briefings.get(briefing)
      if (state === null || held === undefined) return refuse('briefing-unknown', briefing)
      const { customer } = state
      return { act: 'acknowledge-briefing', customer, briefing, document: held.document }
    },
    async carryOut(statement, signature, signer) {
      const stranger = await otherCustomer(parts, signer, statement.customer)
      if (stranger !== null) return stranger
      const command = { type: 'acknowledge-briefing', ...statement, signature } as const
      return parts.room.handle(command, signedMeta(signature, signer))
    },
  })
}

/** The version of an agreement of the signer's own customer; of another's nobody learns anything. */
async function versionFor(
  { engine, room, blobs }: CustomersParts,
  signer: Signer,
  agreement: string,
  version: number,
) {
  const state = await customerOfContact({ engine, room }, signer.person)
  const known = state?.agreements.get(agreement)
  if (state === null || known === undefined) return refuse('agreement-unknown', agreement)
  if (known.revoked) return refuse('agreement-revoked', agreement)
  const terms = termsOf(known, version)
  if (terms === null) return refuse('agreement-changed', agreement)
  const shown = await agreementOne(await engine.views(), blobs, agreement)
  const words = shown?.versions.find((one) => one.version === version)
  if (words?.document !== terms.document) return refuse('agreement-changed', agreement)
  const { document, systems, risk, expires } = terms
  const { title, hosts, runbookDigest: runbook } = words
  return {
    customer: state.customer,
    agreement,
    version,
    document,
    title,
    systems,
    hosts,
    risk,
    runbook,
    expires,
    roster: rosterOf(state),
  }
}

function rosterOf({ roster }: Present) {
  return { version: roster.version, digest: rosterDigest(roster) }
}

function termsOf({ draft, inForce }: Agreement, version: number) {
  if (draft?.version === version) return draft
  return inForce?.version === version ? inForce : null
}

async function otherCustomer(
  parts: CustomersParts,
  signer: Signer,
  customer: string,
): Promise<Refused | null> {
  const own = await customerOfContact(parts, signer.person)
  return own?.customer === customer ? null : refuse('agreement-unknown')
}
