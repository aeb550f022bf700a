import { refuse, type Context, type Decider } from '../decider.ts'
import type { CalendarEvent, CalendarEventOf } from './events.ts'

/**
 * What changes have to know of each other and of the days: freezes, signals of monitors, runs of
 * agreed work, emergencies that wait for the customer's look back. One stream, so that two changes
 * that begin at once are told apart under the lock.
 */
export type Calendar = {
  readonly freezes: ReadonlyMap<string, Freeze>
  readonly signals: ReadonlyMap<string, Signal>
  /** Begins of runs by agreement, oldest first, as far back as any limit looks. */
  readonly runs: ReadonlyMap<string, readonly Run[]>
  readonly emergencies: ReadonlyMap<string, Emergency>
}
type Freeze = Omit<CalendarEventOf<'frozen'>, 'type'> & { readonly by: string }
export type Signal = Omit<CalendarEventOf<'signalled'>, 'type'> & {
  readonly by: string
  readonly at: string
  /** The change that stands on it. */
  readonly usedBy: string | null
}
type Run = { readonly change: string; readonly at: string }
type Emergency = {
  readonly executors: readonly string[]
  readonly reviewBy: string
  readonly conclusion: 'accepted' | 'objected' | null
}

export type CalendarCommand =
  | ({ readonly type: 'freeze'; readonly customerOf: string | null } & Omit<
      CalendarEventOf<'frozen'>,
      'type' | 'side'
    >)
  | {
      readonly type: 'thaw'
      readonly freeze: string
      readonly reason: string
      /** The customer for which whoever asks speaks; null for our own people. */
      readonly customerOf: string | null
    }
  | ({ readonly type: 'signal' } & Omit<CalendarEventOf<'signalled'>, 'type'>)
  | {
      readonly type: 'begin'
      readonly change: string
      readonly customer: string
      readonly systems: readonly string[]
      /** Agreed work: its limit, and what it stands on. */
      readonly run: {
        readonly agreement: string
        readonly runs: number
        readonly days: number
        readonly trigger: TriggerTerms
        readonly executors: readonly string[]
      } | null
      readonly emergency: {
        readonly executors: readonly string[]
        readonly reviewBy: string
        readonly today: string
      } | null
    }
  | {
      readonly type: 'settle'
      readonly change: string
      readonly conclusion: 'accepted' | 'objected'
    }

/** What the agreement says about its occasion, and the signal that the plan names. */
export type TriggerTerms = {
  readonly customer: string
  readonly kind: 'monitor' | 'schedule' | 'customer-request'
  readonly source: string
  readonly signal: string | null
}

export type CalendarRefusal =
  | 'freeze-unknown'
  | 'freeze-backwards'
  | 'freeze-too-long'
  | 'freeze-of-the-customer'
  | 'freezes-too-many'
  | 'signal-exists'
  | 'work-frozen'
  | 'work-run-limit'
  | 'work-trigger-missing'
  | 'work-trigger-used'
  | 'work-trigger-of-another'
  | 'work-trigger-own'
  | 'work-trigger-old'
  | 'work-emergency-blocked'

const dayMs = 86_400_000
const limits = { freezeDaysMax: 92, freezesMax: 1_000, signalDaysMax: 2, runDaysMax: 366 } as const

export const initialCalendar: Calendar = {
  freezes: new Map(),
  signals: new Map(),
  runs: new Map(),
  emergencies: new Map(),
}

type CalendarDecider = Decider<CalendarCommand, Calendar, CalendarEvent, CalendarRefusal>
type Decision = ReturnType<CalendarDecider['decide']>
type CommandOf<T extends CalendarCommand['type']> = Extract<CalendarCommand, { type: T }>

export const calendar: CalendarDecider = {
  initial: initialCalendar,
  decide(command, state, context) {
    switch (command.type) {
      case 'freeze':
        return freeze(command, state, context)
      case 'thaw':
        return thaw(command, state)
      case 'signal': {
        const { type: _, ...said } = command
        if (state.signals.has(command.signal)) return refuse('signal-exists', command.signal)
        return [{ type: 'calendar.signalled.v1', ...said }]
      }
      case 'begin':
        return begin(command, state, context)
      case 'settle': {
        const { change, conclusion } = command
        if (state.emergencies.get(change)?.conclusion === conclusion) return []
        return [{ type: 'calendar.emergency-settled.v1', change, conclusion }]
      }
    }
  },
  evolve,
}

function freeze(command: CommandOf<'freeze'>, state: Calendar, { at }: Context): Decision {
  const { type: _, customerOf, ...said } = command
  const lengthMs = Date.parse(said.until) - Date.parse(said.from)
  if (lengthMs <= 0 || said.until <= at) return refuse('freeze-backwards', 'until')
  if (lengthMs > limits.freezeDaysMax * dayMs) return refuse('freeze-too-long', 'until')
  if (state.freezes.size >= limits.freezesMax) return refuse('freezes-too-many')
  // Whoever speaks for a customer freezes that customer's systems alone.
  if (customerOf !== null && customerOf !== said.customer) return refuse('freeze-unknown')
  const side = customerOf === null ? 'house' : 'customer'
  return [{ type: 'calendar.frozen.v1', ...said, side }]
}

/** What a customer has frozen, the customer alone sets free. */
function thaw(command: CommandOf<'thaw'>, state: Calendar): Decision {
  const { freeze: id, reason, customerOf } = command
  const known = state.freezes.get(id)
  if (known === undefined) return refuse('freeze-unknown', id)
  if (customerOf !== null && known.customer !== customerOf) return refuse('freeze-unknown', id)
  if (known.side === 'customer' && customerOf === null) return refuse('freeze-of-the-customer', id)
  if (known.side === 'house' && customerOf !== null) return refuse('freeze-unknown', id)
  return [{ type: 'calendar.thawed.v1', freeze: id, reason }]
}

function begin(command: CommandOf<'begin'>, state: Calendar, { at }: Context): Decision {
  const { change, run, emergency } = command
  if (emergency === null) {
    const frozen = freezeOver(state, command, at)
    if (frozen !== null) return refuse('work-frozen', frozen)
  }
  const events: CalendarEvent[] = []
  if (run !== null) {
    const fault = runFault(state, run, change, at)
    if (fault !== null) return refuse(fault, run.trigger.signal ?? run.agreement)
    const { agreement, trigger } = run
    events.push({ type: 'calendar.run-begun.v1', change, agreement, signal: trigger.signal })
  }
  if (emergency !== null) {
    const { executors, reviewBy, today } = emergency
    const blocked = executors.find((person) => isBlocked(state, person, today))
    if (blocked !== undefined) return refuse('work-emergency-blocked', blocked)
    const said = { change, executors: [...executors], reviewBy }
    events.push({ type: 'calendar.emergency-begun.v1', ...said })
  }
  return events
}

/** The freeze that forbids it at that instant; null when none does. */
export function freezeOver(
  state: Calendar,
  of: { readonly customer: string; readonly systems: readonly string[] },
  at: string,
): string | null {
  for (const freeze of state.freezes.values()) {
    if (at < freeze.from || at >= freeze.until) continue
    if (freeze.customer !== null && freeze.customer !== of.customer) continue
    const all = freeze.customer === null || freeze.systems.length === 0
    if (all || of.systems.some((system) => freeze.systems.includes(system))) return freeze.freeze
  }
  return null
}

/** Whether a run may begin: its occasion is real and fresh, and the limit is not reached. */
function runFault(
  state: Calendar,
  run: NonNullable<CommandOf<'begin'>['run']>,
  change: string,
  at: string,
): CalendarRefusal | null {
  const since = new Date(Date.parse(at) - run.days * dayMs).toISOString()
  const recent = (state.runs.get(run.agreement) ?? []).filter((one) => one.at > since)
  if (recent.length >= run.runs) return 'work-run-limit'
  return triggerFault(state, run.trigger, run.executors, change, at)
}

/**
 * The cheapest attack on agreed work is a made-up alert: what a monitor is said to have seen must
 * have been recorded by somebody who does not carry the work out, just now, and not be used twice.
 */
export function triggerFault(
  state: Calendar,
  { customer, kind, source, signal: id }: TriggerTerms,
  executors: readonly string[],
  change: string,
  at: string,
): CalendarRefusal | null {
  if (kind !== 'monitor') return null
  const signal = id === null ? undefined : state.signals.get(id)
  if (signal === undefined) return 'work-trigger-missing'
  if (signal.customer !== customer || signal.source !== source) return 'work-trigger-of-another'
  if (executors.includes(signal.by)) return 'work-trigger-own'
  if (signal.usedBy !== null && signal.usedBy !== change) return 'work-trigger-used'
  const ageMs = Date.parse(at) - Date.parse(signal.at)
  return ageMs > limits.signalDaysMax * dayMs ? 'work-trigger-old' : null
}

/** Whoever's last emergency the customer has not accepted in time breaks no glass again. */
export function isBlocked(state: Calendar, person: string, today: string): boolean {
  return [...state.emergencies.values()].some(
    ({ executors, conclusion, reviewBy }) =>
      executors.includes(person) &&
      (conclusion === 'objected' || (conclusion === null && reviewBy < today)),
  )
}

function evolve(state: Calendar, event: CalendarEvent, { by, at }: Context): Calendar {
  switch (event.type) {
    case 'calendar.frozen.v1': {
      const { type: _, ...freeze } = event
      const live = [...state.freezes].filter(([, one]) => one.until > at)
      return { ...state, freezes: new Map(live).set(freeze.freeze, { ...freeze, by }) }
    }
    case 'calendar.thawed.v1': {
      const freezes = new Map(state.freezes)
      freezes.delete(event.freeze)
      return { ...state, freezes }
    }
    case 'calendar.signalled.v1': {
      const { type: _, ...signal } = event
      const since = new Date(Date.parse(at) - 2 * limits.signalDaysMax * dayMs).toISOString()
      const live = [...state.signals].filter(([, one]) => one.at > since)
      const signals = new Map(live).set(signal.signal, { ...signal, by, at, usedBy: null })
      return { ...state, signals }
    }
    case 'calendar.run-begun.v1':
      return begun(state, event, at)
    case 'calendar.emergency-begun.v1': {
      const { change, executors, reviewBy } = event
      const emergency = { executors, reviewBy, conclusion: null }
      return { ...state, emergencies: new Map(state.emergencies).set(change, emergency) }
    }
    case 'calendar.emergency-settled.v1': {
      const emergencies = new Map(state.emergencies)
      const known = emergencies.get(event.change)
      if (known === undefined) return state
      // What was accepted binds nobody any more.
      if (event.conclusion === 'accepted') emergencies.delete(event.change)
      else emergencies.set(event.change, { ...known, conclusion: event.conclusion })
      return { ...state, emergencies }
    }
  }
}

function begun(state: Calendar, event: CalendarEventOf<'run-begun'>, at: string): Calendar {
  const since = new Date(Date.parse(at) - limits.runDaysMax * dayMs).toISOString()
  const earlier = (state.runs.get(event.agreement) ?? []).filter((one) => one.at > since)
  const runs = new Map(state.runs).set(event.agreement, [...earlier, { change: event.change, at }])
  const signal = event.signal === null ? undefined : state.signals.get(event.signal)
  if (signal === undefined) return { ...state, runs }
  const signals = new Map(state.signals)
  signals.set(signal.signal, { ...signal, usedBy: event.change })
  return { ...state, runs, signals }
}
