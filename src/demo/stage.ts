import type { AccessCases } from '../app/access/open.ts'
import type { AuditCases } from '../app/audit/open.ts'
import type { ControlsCases } from '../app/controls/open.ts'
import type { CustomersCases } from '../app/customers/open.ts'
import type { DeviceCases } from '../app/devices/open.ts'
import type { DirectoryCases } from '../app/directory/open.ts'
import type { Engine } from '../app/engine/engine.ts'
import type { EvidenceCases } from '../app/evidence/open.ts'
import type { ExceptionsCases } from '../app/exceptions/open.ts'
import type { JudgingCases } from '../app/judging/open.ts'
import type { PeopleCases } from '../app/people/open.ts'
import type { PoliciesCases } from '../app/policies/open.ts'
import type { Clock, Outbox } from '../app/ports.ts'
import type { ServicesCases } from '../app/services/open.ts'
import type { Signing } from '../app/signing/open.ts'
import type { TrainingCases } from '../app/training/open.ts'
import { isRefused, type Refused } from '../domain/decider.ts'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'

/** The use cases on which the story is played: the very ones that the server answers with. */
export type StageCases = {
  readonly engine: Engine
  readonly access: AccessCases
  readonly signing: Signing
  readonly people: PeopleCases
  readonly training: TrainingCases
  readonly policies: PoliciesCases
  readonly devices: DeviceCases
  readonly directory: DirectoryCases
  readonly services: ServicesCases
  readonly evidence: EvidenceCases
  readonly controls: ControlsCases
  readonly exceptions: ExceptionsCases
  readonly judging: JudgingCases
  readonly audit: AuditCases
  readonly customers: CustomersCases
  readonly outbox: Outbox
}

export type Stage = StageCases & { readonly calendar: Calendar; readonly cast: Cast }

/** Something that happens at a time of the story. */
export type Deed = {
  readonly day: number
  /** `09:30`, in Japan. */
  readonly time: string
  readonly run: (stage: Stage) => Promise<void>
}

/**
 * A clock that the story moves; once released it is the machine's own. Until then it stands at the
 * beginning of time: the engine's clock never goes back, so that one look at the real time before
 * the story is told would have all of it happen today.
 */
export type StoryClock = Clock & {
  readonly set: (instant: string) => void
  readonly release: () => void
}

export function storyClock(system: Clock): StoryClock {
  let told: number | null = 0
  return {
    // It goes on a little with every look, as clocks do.
    now: () => (told === null ? system.now() : new Date(told++)),
    set: (instant) => {
      told = Math.max(told ?? 0, Date.parse(instant))
    },
    release: () => {
      told = null
    },
  }
}

/** The story knows no refusals: one is a mistake in the story, and it stops. */
export function must<T extends object>(answer: T): Exclude<T, Refused>
export function must(answer: object): object {
  if (!isRefused(answer)) return answer
  const about = answer.about === undefined ? '' : ` (${answer.about})`
  throw new Error(`the demonstration was refused: ${answer.refused}${about}`)
}

/** A number from 0 to 1 that depends on nothing but the words: chance that is the same every time. */
export function chance(...words: readonly string[]): number {
  let hash = 2_166_136_261
  for (const letter of words.join('|')) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 2_246_822_507) >>> 0
  hash ^= hash >>> 13
  return (hash >>> 0) / 4_294_967_296
}
