import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Signature } from '../signature.ts'
import type { Entitlement } from './words.ts'
import { customersEvent, type ContactKey, type EventOf } from './events.ts'
import {
  ceremonyMayBegin,
  completes,
  emptyRoster,
  evolveRoster,
  isRosterEvent,
  rosterDigest,
  sortedEntitlement,
  type Roster,
  type RosterEvent,
} from './roster.ts'

/** One entry of the log, as whoever verifies has read it. */
export type LogEntry = {
  readonly seq: number
  readonly type: string
  readonly by: string
  readonly recordedAt: string
  readonly event: unknown
}

type SigningKey = Pick<ContactKey, 'credentialId' | 'publicKey' | 'rpId' | 'origin'>

/** What the roster stands on and this file cannot do itself: cryptography, and our own people's keys. */
export type RosterJudge = {
  /** The signature is this key's, over its statement, made by a verified user. */
  readonly verifies: (signature: Signature, key: SigningKey) => boolean
  /** A passkey of one of our own people as it stood before that entry; null when there was none. */
  readonly houseKey: (person: string, credentialId: string, seq: number) => SigningKey | null
}

type RosterFault = {
  readonly seq: number
  readonly customer: string
  readonly code:
    | 'countersigner-not-on-roster'
    | 'countersigned-own-key'
    | 'confirmer-unknown'
    | 'confirmer-invited-the-contact'
    | 'contract-not-first'
    | 'contract-too-early'
    | 'signature-invalid'
    | 'statement-other'
    | 'digest-differs'
}

export type Rosters = {
  readonly rosters: ReadonlyMap<string, Roster>
  /** Entries that claim what does not hold: they were left out, and so was what stands on them. */
  readonly faults: readonly RosterFault[]
}

/**
 * Who was entitled to what with which key, at the position of the log just before `before`: every
 * entry of `customers.*` is judged again from its own bytes. A key nobody entitled vouched for is
 * rejected here whatever a database says. For offline verifiers.
 */
export function rosterAt(
  entries: Iterable<LogEntry>,
  judge: RosterJudge,
  before = Number.POSITIVE_INFINITY,
): Rosters {
  const rosters = new Map<string, Roster>()
  const inviters = new Map<string, string>()
  const emptySince = new Map<string, string>()
  const faults: RosterFault[] = []
  for (const entry of entries) {
    if (entry.seq >= before) break
    if (!entry.type.startsWith('customers.')) continue
    const event = customersEvent.parse(entry.event)
    const { customer } = event
    if (event.type === 'customers.contact-invited.v1') {
      inviters.set(`${customer} ${event.person}`, entry.by)
    }
    if (!isRosterEvent(event)) continue
    const roster = rosters.get(customer) ?? emptyRoster(customer)
    const inviter = inviters.get(`${customer} ${event.person}`)
    const { by, seq, recordedAt } = entry
    const origin = { by, seq, inviter, recordedAt, emptySince: emptySince.get(customer) }
    const code = faultIn(roster, event, origin, judge)
    if (code !== null) {
      faults.push({ seq, customer, code })
      continue
    }
    const next = evolveRoster(roster, event, by)
    rosters.set(customer, next)
    if (next.contacts.size > 0) emptySince.delete(customer)
    else if (roster.contacts.size > 0) emptySince.set(customer, recordedAt)
  }
  return { rosters, faults }
}

type Origin = {
  readonly by: string
  readonly seq: number
  readonly recordedAt: string
  readonly inviter: string | undefined
  /** When the last contact was gone; undefined when there never was one, or there is one now. */
  readonly emptySince: string | undefined
}

function faultIn(
  roster: Roster,
  event: RosterEvent,
  origin: Origin,
  judge: RosterJudge,
): RosterFault['code'] | null {
  const fault = vouchingFault(roster, event, origin, judge)
  if (fault !== null) return fault
  const next = evolveRoster(roster, event, origin.by)
  if (next.version === roster.version) return event.roster === null ? null : 'digest-differs'
  const same = event.roster?.version === next.version && event.roster.digest === rosterDigest(next)
  return same ? null : 'digest-differs'
}

function vouchingFault(
  roster: Roster,
  event: RosterEvent,
  { by, seq, inviter, recordedAt, emptySince }: Origin,
  judge: RosterJudge,
): RosterFault['code'] | null {
  switch (event.type) {
    case 'customers.contract-key-confirmed.v1': {
      if (roster.contacts.size > 0) return 'contract-not-first'
      if (emptySince !== undefined && !ceremonyMayBegin(emptySince, recordedAt)) {
        return 'contract-too-early'
      }
      if (inviter === undefined || by === inviter) return 'confirmer-invited-the-contact'
      const half = roster.halves.get(event.key.credentialId)
      if (half?.by === by && !completes(roster, event, by) && event.roster !== null) {
        return 'digest-differs'
      }
      const key = judge.houseKey(by, event.signature.credentialId, seq)
      if (key === null) return 'confirmer-unknown'
      return signatureFault(event, by, key, judge)
    }
    case 'customers.contact-key-countersigned.v1':
    case 'customers.contact-entitled.v1': {
      if (by === event.person) return 'countersigned-own-key'
      const contact = roster.contacts.get(by)
      const key = contact?.keys.find((one) => one.credentialId === event.signature.credentialId)
      if (key === undefined) return 'countersigner-not-on-roster'
      return signatureFault(event, by, key, judge)
    }
    // To take a key away needs no signature: it lets nobody in.
    case 'customers.contact-key-revoked.v1':
    case 'customers.contact-left.v1':
      return null
  }
}

type SignedRosterEvent =
  | EventOf<'contract-key-confirmed'>
  | EventOf<'contact-key-countersigned'>
  | EventOf<'contact-entitled'>

function signatureFault(
  event: SignedRosterEvent,
  by: string,
  key: SigningKey,
  judge: RosterJudge,
): RosterFault['code'] | null {
  if (!judge.verifies(event.signature, key)) return 'signature-invalid'
  return says(event.signature, { ...worded(event), signer: by }) ? null : 'statement-other'
}

type Without<E> = E extends unknown ? Omit<E, 'roster' | 'signature'> : never
type Worded = Without<SignedRosterEvent>
type WordedStatement = {
  readonly act: 'confirm-contract-key' | 'countersign-contact' | 'entitle-contact'
  readonly customer: string
  readonly person: string
  readonly entitlement: Entitlement
  readonly key?: ContactKey
  readonly contract?: string
}

/** What the signer of such an event has signed, as the statement words it. */
export function worded(event: Worded): WordedStatement {
  const { customer, person } = event
  const entitlement = sortedEntitlement(event.entitlement)
  switch (event.type) {
    case 'customers.contract-key-confirmed.v1': {
      const { key, contract } = event
      return { act: 'confirm-contract-key', customer, person, key, entitlement, contract }
    }
    case 'customers.contact-key-countersigned.v1':
      return { act: 'countersign-contact', customer, person, key: event.key, entitlement }
    case 'customers.contact-entitled.v1':
      return { act: 'entitle-contact', customer, person, entitlement }
  }
}

/** Whether the signed statement has all these fields with exactly these values. */
export function says(signature: Signature, fields: object): boolean {
  const read = z.record(z.string(), z.unknown()).safeParse(jsonOf(signature.statement))
  if (!read.success) return false
  const said = read.data
  return Object.entries(fields).every(
    ([name, value]) =>
      Object.hasOwn(said, name) && canonicalJson(said[name]) === canonicalJson(value),
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
