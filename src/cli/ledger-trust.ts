import { readFileSync } from 'node:fs'
import { LedgerError } from '../ledger/ledger-error.ts'
import { parsePolicy } from '../ledger/policy.ts'
import type { Policy } from '../ledger/policy.ts'

/** Whom to believe, as the options say. */
export type TrustOptions = { readonly policy?: string; readonly vkey?: string }

/** Used wrongly, or given what cannot be read: the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The policy that the options name; undefined when they name none. Throws `UsageError`. */
export function trustOf({ policy, vkey }: TrustOptions): Policy | undefined {
  if (policy !== undefined && vkey !== undefined) {
    throw new UsageError('give either --policy or --vkey, not both')
  }
  try {
    if (policy !== undefined) return parsePolicy(readInput(policy))
    return vkey === undefined ? undefined : policyOfKey(vkey)
  } catch (error) {
    if (error instanceof LedgerError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/** One log and no witnesses. Throws `LedgerError`. */
export function policyOfKey(vkey: string): Policy {
  return parsePolicy(Buffer.from(`log ${vkey}\nquorum none\n`))
}

export function readInput(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${path} cannot be read: ${why}`, { cause: error })
  }
}
