import type { Text } from '../../domain/decider.ts'
import type { Readings } from '../../domain/devices/facts.ts'
import type { FailureCode } from '../../domain/devices/failures.ts'
import type { Target } from '../../domain/devices/target.ts'

/** How far a run is: what is being done, and how many steps of how many are behind it. */
export type Progress = { readonly step: Text; readonly done: number; readonly of: number }

export type Watch = {
  readonly now: () => Date
  readonly progress: (progress: Progress) => void
  /** When the program ends: looking ends at once, rejects with the reason, and nothing is recorded. */
  readonly signal?: AbortSignal
}

/**
 * What came of looking: the facts, or why there are none. `raw` is the other side's answer, byte for
 * byte. Both are kept; nothing is judged.
 */
export type Sighting = {
  readonly startedAt: string
  readonly endedAt: string
} & (
  | {
      readonly outcome: 'observed'
      readonly host: string
      readonly readings: Readings
      /** Number of facts. */
      readonly facts: number
      readonly raw: Uint8Array
    }
  | {
      readonly outcome: 'failed'
      readonly code: FailureCode
      /** The other side's own words; may be empty. */
      readonly detail: string
      readonly raw: Uint8Array | null
    }
)

/** A public key that a machine shows, and its fingerprint as `ssh-keygen -l` prints it. */
export type HostKey = {
  readonly type: string
  readonly hostKey: string
  readonly fingerprint: string
}

/** Observes only: it gives reply bytes and facts, judges nothing and changes nothing. */
export type HostConnector = {
  readonly observe: (target: Target, watch: Watch) => Promise<Sighting>
  /** The SSH keys that a machine shows to anybody; none when it shows none. */
  readonly hostKeys: (host: string, port: number) => Promise<HostKey[]>
}
