import type { Cadence, Check, Status } from '../../domain/check.ts'
import type { Category } from '../../domain/organisation/events.ts'
import type { Text } from '../../domain/decider.ts'
import type { CriterionEntry, LibraryControl } from '../../domain/criteria/catalogue.ts'

export type ProvableStatus = Exclude<Status, 'not-applicable'>

/** Why a check proves nothing; `none` when it proves something. */
export type CheckGap = 'no-data' | 'stale' | 'empty-population' | 'unreadable' | 'none'
/** Why a control or criterion is not proven. */
export type Gap = CheckGap | 'no-controls' | 'no-test'

/**
 * Everything there is to say about one moment: a pure function of the entries up to `size` and the
 * instant `asOf`. The board, every page below it, the recorded judgements and the report all show
 * this and nothing else, so that they cannot disagree.
 */
export type Judged = {
  readonly size: number
  readonly asOf: string
  /** The day of `asOf` in the organisation's zone. */
  readonly day: string
  /** In the order of the publication; those out of scope too. */
  readonly criteria: readonly JudgedCriterion[]
  /** Adopted and retired ones, by id. */
  readonly controls: readonly JudgedControl[]
  readonly checks: readonly JudgedCheck[]
  /** Every exception that was ever found, the newest first; none is left out. */
  readonly exceptions: readonly JudgedException[]
}

export type JudgedCriterion = {
  readonly entry: CriterionEntry
  readonly category: Category
  /** Whether its category is in the organisation's scope. Others count nowhere. */
  readonly inScope: boolean
  readonly status: Status
  readonly unproven: Gap
  /** Ids of the adopted controls that answer it. */
  readonly controls: readonly string[]
  /** Ids of the exceptions below it that are not fixed. */
  readonly exceptions: readonly string[]
  readonly exclusion: Decision | null
}

type Decision = {
  readonly reason: string
  readonly by: Who
  readonly at: string
  readonly seq: number
}

export type Who = { readonly id: string; readonly name: string | null }

type OwnerRole = LibraryControl['ownerRole']

export type JudgedControl = {
  readonly id: string
  readonly version: number
  readonly state: 'adopted' | 'retired'
  readonly origin: 'library' | 'edited' | 'own'
  readonly title: Text
  readonly statement: Text
  readonly proof: Text
  readonly ownerRole: OwnerRole
  readonly owner: Who | null
  readonly cadence: Cadence
  readonly evidence: boolean
  readonly checks: readonly string[]
  readonly mappings: readonly ControlMapping[]
  readonly status: ProvableStatus
  readonly unproven: Gap
  /** Oldest first. Empty for a control that needs no evidence or whose turns nobody can foresee. */
  readonly occurrences: readonly Occurrence[]
  /** Ids of its exceptions that are not fixed. */
  readonly exceptions: readonly string[]
  /** Entry that the row stands on. */
  readonly seq: number
}

type ControlMapping = {
  readonly framework: 'soc2' | 'iso27001' | 'pcidss'
  readonly id: string
  readonly relation: string
  readonly rationale: Text
}

export type Occurrence = {
  readonly from: string
  readonly to: string
  readonly state: 'done' | 'awaiting-inspection' | 'missed' | 'due'
  /** Whether the days of grace after its end are over. */
  readonly over: boolean
}

export type JudgedCheck = {
  readonly check: Check
  readonly status: ProvableStatus
  readonly unproven: CheckGap
  readonly population: number
  /** For how many members the rule does not hold, borne by signature or not. */
  readonly exceptions: number
  readonly accepted: number
  /** Members of which nothing is known, and why. */
  readonly unread: readonly {
    readonly subject: string
    readonly label: string
    readonly reason: Text
  }[]
  readonly lastSeenAt: string | null
  /** Newest entry that one of its exceptions names. */
  readonly observation: number | null
  /** SHA-256 over its exceptions; see the recorded judgement. */
  readonly digest: string
  /** Ids of the adopted controls that it tests. */
  readonly controls: readonly string[]
}

export type ExceptionState = 'open' | 'answered' | 'accepted' | 'fixed'

export type JudgedException = {
  readonly id: string
  readonly check: string
  readonly checkTitle: Text
  readonly subject: string
  readonly label: string
  readonly occurrence: number
  /** The code, and what it says to people. */
  readonly code: string
  readonly reason: Text
  readonly state: ExceptionState
  /** Whether an entry says so already, or the views alone do so far. */
  readonly recorded: boolean
  readonly openedAt: string
  readonly fixedAt: string | null
  readonly fixedBecause: 'rule-holds' | 'subject-gone' | null
  readonly acceptedUntil: string | null
  readonly acceptedBy: string | null
  readonly observation: number | null
  readonly cause: string | null
  readonly response: { readonly plan: string; readonly owner: string; readonly due: string } | null
  readonly answeredBy: string | null
  /** Whole days from when it was found until it was fixed, or until now. */
  readonly ageDays: number
  /** Entry that it stands on; null while none does. */
  readonly seq: number | null
}
