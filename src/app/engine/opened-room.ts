import type { Context, Refused } from '../../domain/decider.ts'
import type { EventShape, Room } from '../room.ts'
import { EngineError } from './engine-error.ts'
import type { Ask } from './engine.ts'
import type { Decoded } from './rooms.ts'

/**
 * A room as the engine runs it: the types of its commands and states stay inside. States are kept
 * per stream in three layers: what is committed, what the running batch has decided, and what the
 * running request has; the upper ones can be dropped without a trace.
 */
export type OpenedRoom = {
  readonly room: Pick<Room<never, never, never, never>, 'name' | 'personal' | 'upcasts' | 'erases'>
  knows(stream: string): boolean
  load(stream: string, past: readonly Decoded[]): void
  /** Decides on the newest layer and evolves the request's. */
  decide(ask: Ask, context: Context): readonly EventShape[] | Refused
  endRequest(how: 'keep' | 'drop'): void
  endBatch(how: 'keep' | 'drop'): void
  /** Forgets committed states: of one stream, or all of them. */
  forget(stream?: string): void
}

/** A state may itself be `undefined`; held, it is told from one that is not there. */
type Held<State> = { readonly state: State }

/** Streams whose states are kept per room; the longest unused go first. */
const statesMax = 20_000

export type TypedRoom<Command, State, Code extends string> = OpenedRoom & {
  ask(command: Command): Ask
  /** The refusal again, typed, if this room's decider has spoken it. */
  ownRefusal(answer: Refused): Refused<Code> | undefined
  /** The state after these events. */
  fold(past: readonly Decoded[]): State
}

export function openRoom<Command, State, Event extends EventShape, Code extends string>(
  room: Room<Command, State, Event, Code>,
): TypedRoom<Command, State, Code> {
  const { decider } = room
  const key = Symbol(room.name)
  const commands = new WeakMap<Ask, Command>()
  const refusals = new WeakMap<Refused, Refused<Code>>()
  const kept = new Map<string, Held<State>>()
  const batch = new Map<string, Held<State>>()
  const request = new Map<string, Held<State>>()

  const parse = (event: EventShape): Event => {
    try {
      return room.parse(event)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const message = `${event.type} is no event of ${room.name} at this version: ${why}`
      throw new EngineError('event-invalid', message, { cause: error })
    }
  }
  const fold = (past: readonly Decoded[]) =>
    past.reduce(
      (state, { event, origin }) =>
        decider.evolve(state, parse(event), { by: origin.by, at: origin.recordedAt }),
      decider.initial,
    )
  const stateOf = (stream: string): State => {
    for (const layer of [request, batch, kept]) {
      const held = layer.get(stream)
      if (held !== undefined) return held.state
    }
    throw new Error(`the state of ${stream} was not loaded`)
  }
  return {
    room,
    ask(command) {
      const ask = { room: room.name, stream: room.streamOf(command), key, command }
      commands.set(ask, command)
      return ask
    },
    ownRefusal: (answer) => refusals.get(answer),
    fold,
    knows: (stream) => batch.has(stream) || kept.has(stream),
    load: (stream, past) => keep(kept, stream, { state: fold(past) }),
    decide(ask, context) {
      const command = commands.get(ask)
      if (command === undefined) throw new EngineError('room-unknown', 'An ask of another engine')
      const answer = decider.decide(command, stateOf(ask.stream), context)
      if ('refused' in answer) {
        refusals.set(answer, answer)
        return answer
      }
      const events = answer.map(parse)
      for (const event of events) {
        const state = decider.evolve(stateOf(ask.stream), event, context)
        request.set(ask.stream, { state })
      }
      return events
    },
    endRequest(how) {
      if (how === 'keep') request.forEach((held, stream) => batch.set(stream, held))
      request.clear()
    },
    endBatch(how) {
      if (how === 'keep') batch.forEach((held, stream) => keep(kept, stream, held))
      batch.clear()
      request.clear()
    },
    forget: (stream) => (stream === undefined ? kept.clear() : void kept.delete(stream)),
  }
}

/** A map remembers the order of insertion: set again, a stream becomes the youngest. */
function keep<State>(kept: Map<string, Held<State>>, stream: string, state: Held<State>): void {
  kept.delete(stream)
  kept.set(stream, state)
  if (kept.size <= statesMax) return
  // Many at a time: to find the oldest after each single deletion would take longer and longer.
  let surplus = kept.size - statesMax / 2
  for (const oldest of kept.keys()) {
    if (surplus-- <= 0) break
    kept.delete(oldest)
  }
}
