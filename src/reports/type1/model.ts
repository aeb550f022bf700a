import type { Language } from '../../domain/audit/events.ts'
import type { Cadence, Status } from '../../domain/check.ts'
import type { CriterionEntry } from '../../domain/criteria/catalogue.ts'
import type { Text } from '../../domain/decider.ts'

/**
 * Everything a SOC 2 Type 1 report says, as plain JSON: a pure function of a log prefix, a day and
 * a language. Texts are already in the report's language unless they are a `Text`. Instants are ISO
 * 8601 in UTC, days `YYYY-MM-DD` in the organisation's zone, digests lower-case hex of SHA-256,
 * `entry` is the index of the ledger entry that shows the fact. Lists are printed in their order.
 *
 * There is no switch to leave anything out: what is in the ledger at that prefix is in the model,
 * and what is in the model is in every document made from it.
 */
export type Type1Report = {
  readonly language: Language
  readonly organisation: {
    readonly name: Text
    /** IANA time zone, in which days begin and times are printed: `Asia/Tokyo`. */
    readonly zone: string
    /** Everything is made up, for people to try the program; every page says so. */
    readonly demonstration: boolean
  }
  /** The day of the report, and the instant at which that day's facts were read. */
  readonly asOf: { readonly date: string; readonly instant: string }
  /** Number of entries from which every fact below was computed, the assertion's signature aside. */
  readonly prefix: number
  /** The first published one that covers the prefix and the assertion's signature. */
  readonly checkpoint: Checkpoint
  /** Trust services categories in scope. Security is always one of them. */
  readonly categories: readonly Category[]
  /** Section I belongs to the service auditor. This program never writes it. */
  readonly sectionI: 'not-issued'
  readonly assertion: Assertion
  /** Every live figure that Markdown may name: `{{people.count}}` is `figures['people.count']`. */
  readonly figures: Readonly<Record<string, string | number>>
  readonly description: readonly DescriptionBlock[]
  readonly summaries: readonly SummaryTable[]
  readonly criteria: readonly CriterionResult[]
  readonly controls: readonly ControlResult[]
  /** Checks that no control in place names. They are judged all the same, and nothing is hidden. */
  readonly otherTests: readonly TestResult[]
  /** Every exception of every check, whatever was done about it since. */
  readonly exceptions: readonly ExceptionRecord[]
  /** What could not be proven, beyond the statuses above: silent sources, gaps, absent data. */
  readonly unproven: readonly Unproven[]
  /** Section V, Markdown; empty when there is none. */
  readonly otherInformation: string
}

type Category = CriterionEntry['category']

/** A signed checkpoint (C2SP tlog-checkpoint); the prefix is proved against it. */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly rootBase64: string
  /** When it was signed. This is also the document's date: a report has no clock. */
  readonly signedAt: string
  /** The signed note, byte for byte. */
  readonly text: string
  /** The log's verifier key: `<name>+<key id>+<base64>`. */
  readonly vkey: string
  readonly witnesses: readonly { readonly name: string; readonly at: string }[]
}

/** Management's assertion (section II). `digest` is that of the Markdown's UTF-8 bytes. */
export type Assertion = { readonly markdown: string; readonly digest: string } & (
  | { readonly status: 'unsigned' }
  | {
      readonly status: 'signed'
      /** The name is null once the person was erased. */
      readonly signer: { readonly name: string | null; readonly title: string | null }
      readonly signedAt: string
      /** The passkey: its credential id (base64url) and the SHA-256 of its public key. */
      readonly credential: { readonly id: string; readonly fingerprint: string | null }
      /** May lie behind the prefix: management signs when the day is over. */
      readonly entry: number
    }
)

/** The description criteria (DC 200). DC 9 speaks of changes in a period: Type 2 only. */
export const descriptionCriteria = ['DC1', 'DC2', 'DC3', 'DC4', 'DC5', 'DC6', 'DC7', 'DC8'] as const
export type DescriptionCriterion = (typeof descriptionCriteria)[number]

export type DescriptionBlock = {
  /** Kebab-case, unique in the report. */
  readonly id: string
  /** The description criterion that it answers. */
  readonly criterion: DescriptionCriterion
  readonly title: string
  /** May name figures (`{{people.count}}`) and mark what a person must still write (`> [!FILL]`). */
  readonly markdown: string
}

/** A table of section III; people, hosts and policies stand below DC 3. null prints as missing. */
export type SummaryTable = {
  readonly id: 'people' | 'hosts' | 'policies'
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly kind: 'text' | 'number' }[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export type CriterionResult = {
  /** `CC6.1` */
  readonly id: string
  readonly title: string
  readonly category: Category
  readonly status: Status
  /** Why it is not applicable (the signed decision), or why it is not proven. */
  readonly reason: string | null
  readonly controls: readonly string[]
}

export type ControlResult = {
  readonly id: string
  readonly title: string
  readonly statement: string
  /** The person or role that answers for it; null prints as missing. */
  readonly owner: string | null
  readonly cadence: Cadence
  readonly status: ProvableStatus
  /** Why it is not proven; null unless that is its status. */
  readonly unproven: Reason | null
  readonly criteria: readonly string[]
  /** Annex A ids of ISO/IEC 27001:2022: `A.8.5`. */
  readonly iso27001: readonly string[]
  /** Requirement ids of PCI DSS v4.0.1: `8.3.6`. */
  readonly pcidss: readonly string[]
  readonly tests: readonly TestResult[]
  readonly evidence: readonly EvidenceRecord[]
  /** The times at which it was to be carried out, oldest first. */
  readonly turns: readonly Turn[]
  /** Ids of its exceptions that stand. */
  readonly exceptions: readonly string[]
}

export type Turn = {
  readonly from: string
  readonly to: string
  readonly state: 'done' | 'awaiting-inspection' | 'missed' | 'due'
}

/** A stable code, and what it says to people. */
export type Reason = { readonly code: string; readonly text: string }

export type ProvableStatus = Exclude<Status, 'not-applicable'>

/** One check as run over the views. The same check may test several controls. */
export type TestResult = {
  readonly check: string
  readonly title: string
  readonly rule: string
  readonly procedure: Procedure
  /** How many members the population had, and for how many of them the rule did not hold. */
  readonly population: number
  readonly found: number
  /**
   * How many exceptions stand: those found, and those found before that nothing has shown gone
   * (because the facts went missing since).
   */
  readonly exceptions: number
  readonly status: ProvableStatus
  /** Why it proves nothing; null unless the status is `not-proven`. */
  readonly unproven: Reason | null
  /** The queries as they ran; null where the check has none. */
  readonly sql: {
    readonly population: string
    readonly exceptions: string
    /** Members of which nothing is known. */
    readonly unread: string | null
    /** When the facts were last seen. */
    readonly freshness: string | null
  }
  /** When the facts below it were last seen; null when never. */
  readonly observedAt: string | null
  readonly entry: number | null
}

export type Procedure = 'inspection' | 'observation' | 'reperformance' | 'inquiry'

export type EvidenceRecord = {
  readonly title: string
  readonly period: { readonly from: string; readonly to: string }
  /** Who inspected it, never the uploader; null while nobody has. */
  readonly inspectedBy: string | null
  readonly conclusion: 'accepted' | 'rejected' | 'none'
  readonly digest: string
  readonly entry: number
}

export type ExceptionRecord = {
  readonly id: string
  readonly check: string
  /** What it is about, as a person would name it: a host, an account, a person. */
  readonly subject: string
  readonly reason: string
  readonly openedOn: string
  /** The day on which a later observation showed it gone; it does not count any more. */
  readonly fixedOn: string | null
  readonly cause: string | null
  /** What is to be done, by whom (null once erased), and by when. */
  readonly response: {
    readonly plan: string
    readonly owner: string | null
    readonly due: string
  } | null
  /** A signed acceptance; it says nothing from the day after `until`. */
  readonly acceptance: {
    /** null once erased. */
    readonly by: string | null
    readonly until: string
    readonly reason: string
  } | null
  /** null while only the views show it and no entry does. */
  readonly entry: number | null
}

export type Unproven = {
  /** The control, criterion, source or record that it is about. */
  readonly subject: string
  /** Stable code: `no-data`, `stale`, `empty-population`, `source-failing`. */
  readonly code: string
  readonly text: string
}
