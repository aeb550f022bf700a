/**
 * The shape of every room of the domain: a decider (Chassaing's `{ initial, decide, evolve }`).
 * Deciders are pure: no clock, no randomness, no I/O. The application hands them who asks and when.
 */

/** Who asked (a person's id, or `system:<name>`), and the instant at which the entry is recorded. */
export type Context = { readonly by: string; readonly at: string }

/** A refusal is a value: it has a stable code, and a bug is never one. */
export type Refused<Code extends string = string> = {
  readonly refused: Code
  /** What the refusal is about (a field, an id); shown to the person beside the code's message. */
  readonly about?: string
  /** What is wrong with a file, place by place; each names its row and field. */
  readonly problems?: readonly RowProblem[]
}

/** One thing wrong with a file that somebody handed in. */
export type RowProblem = {
  /** As a spreadsheet counts: the header is row 1. Null when it is about the whole file. */
  readonly row: number | null
  readonly field: string
  readonly code: string
  readonly message: Text
}

export function refuse<Code extends string>(code: Code, about?: string): Refused<Code> {
  return about === undefined ? { refused: code } : { refused: code, about }
}

export type Decider<Command, State, Event, Code extends string> = {
  readonly initial: State
  /** What happens because of the command: events, none when nothing changes, or a refusal. */
  decide(command: Command, state: State, context: Context): readonly Event[] | Refused<Code>
  /** The state after the event. Total: it never fails and never refuses. */
  evolve(state: State, event: Event, context: Context): State
}

/** True when the answer of `decide` (or of the application) is a refusal. */
export function isRefused(answer: object): answer is Refused {
  return 'refused' in answer
}

/** A text in both languages of the product; a missing one does not compile. */
export type Text = { readonly ja: string; readonly en: string }
