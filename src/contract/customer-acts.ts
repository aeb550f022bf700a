import { z } from 'zod'
import {
  agreementId,
  briefingId,
  contractId,
  customerCode,
  entitlement,
  fingerprint,
} from '../domain/customers/words.ts'
import { personId } from './shared.ts'

const reason = z.string().trim().min(1).max(500)

/** What is signed in this room; joined to the acts of the others. */
export const customerActs = [
  z.object({
    act: z.literal('confirm-contract-key'),
    customer: customerCode,
    person: personId,
    /** As it stands in the contract. */
    fingerprint,
    contract: contractId,
  }),
  z.object({
    act: z.literal('countersign-contact'),
    person: personId,
    fingerprint,
    entitlement,
  }),
  z.object({ act: z.literal('entitle-contact'), person: personId, entitlement }),
  z.object({ act: z.literal('sign-agreement'), agreement: agreementId, version: z.int().min(1) }),
  z.object({
    act: z.literal('decline-agreement'),
    agreement: agreementId,
    version: z.int().min(1),
    reason,
  }),
  z.object({ act: z.literal('acknowledge-briefing'), briefing: briefingId }),
] as const
