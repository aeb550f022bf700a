import { useRef, useState } from 'react'
import { z } from 'zod'
import type { Route } from '../../contract/route.ts'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { useMessages, useText } from '../messages/language.tsx'
import type { FieldFault, FieldFaults } from './form-errors.ts'
import { faultsOf, inField } from './form-errors.ts'

export type Value = string | number | boolean | readonly string[]
/** What is typed: flat, one value per field. Dotted names speak of parts: `title.ja`. */
export type Values = Readonly<Record<string, Value>>

/** Names of the fields that hold a kind of value: a text field cannot be given a number's name. */
export type Named<V extends Values, T> = {
  [K in keyof V & string]: V[K] extends T ? K : never
}[keyof V & string]

export type Form<V extends Values> = {
  readonly values: V
  readonly set: (name: keyof V & string, value: Value) => void
  /** What is wrong with a field, worded; null when nothing is. */
  readonly error: (name: string) => string | null
  readonly dirty: boolean
  readonly running: boolean
  readonly problem: ApiProblem | null
  /** Whether these fields may be left as they are; shows what is wrong with them. */
  readonly check: (names: readonly string[]) => boolean
  /** Resolves to false when something was wrong. */
  readonly submit: () => Promise<boolean>
  /** Whether leaving the page now would lose something. */
  readonly isLosing: () => boolean
}

type Body = { readonly body?: unknown; readonly query?: unknown }

/** As `useCommand` gives it. */
type Command<I extends Body, O> = {
  readonly route: Route
  readonly run: (input: I) => Promise<O | null>
  readonly running: boolean
  readonly problem: ApiProblem | null
}

type Options<I, O, V extends Values> = {
  /** Must be given; what differs from it makes the form dirty. */
  readonly initial: V
  /** What the route is asked, made of what was typed. */
  readonly input: (values: V) => I
  readonly done: (answer: O, values: V) => unknown
}

/**
 * A form that gives one command. What is wrong is first said by the route's own schema, then by
 * the server's problem, each at its field.
 */
export function useForm<I extends Body, O, V extends Values>(
  command: Command<I, O>,
  options: Options<I, O, V>,
): Form<V> {
  const [values, setValues] = useState(options.initial)
  const [tried, setTried] = useState<'all' | readonly string[]>([])
  const isSent = useRef(false)
  const word = useFaultWords()
  const text = useText()
  const faults = faultsIn(command.route, options.input(values))
  const said = Object.fromEntries(
    (command.problem?.problems ?? []).map((one) => [one.field, text(one.message)]),
  )
  const dirty = Object.entries(values).some(([name, value]) =>
    differs(value, options.initial[name]),
  )
  return {
    values,
    set: (name, value) => {
      setValues((now) => ({ ...now, [name]: value }))
    },
    error: (name) => {
      const isTried = tried === 'all' || tried.includes(name)
      const fault = isTried ? inField(faults, name) : null
      return fault === null ? inField(said, name) : word(fault)
    },
    dirty,
    running: command.running,
    problem: command.problem,
    check: (names) => {
      if (tried !== 'all') setTried([...tried, ...names])
      return names.every((name) => inField(faults, name) === null)
    },
    submit: async () => {
      setTried('all')
      const input = options.input(values)
      if (Object.keys(faultsIn(command.route, input)).length > 0) return false
      const answer = await command.run(input)
      if (answer === null) return false
      isSent.current = true
      await options.done(answer, values)
      return true
    },
    isLosing: () => dirty && !isSent.current,
  }
}

/** A file is judged by the server; what is said about it travels in the query. */
function faultsIn(route: Route, { body, query }: Body): FieldFaults {
  return {
    ...(route.body instanceof z.ZodType ? faultsOf(route.body, body) : {}),
    ...(route.query !== undefined && query !== undefined ? faultsOf(route.query, query) : {}),
  }
}

function useFaultWords(): (fault: FieldFault) => string {
  const t = useMessages().ui.form.faults
  return (fault) => {
    switch (fault.kind) {
      case 'required':
        return t.required
      case 'too-long':
        return t.tooLong(fault.max)
      case 'too-short':
        return t.tooShort(fault.min)
      case 'too-small':
        return t.tooSmall(fault.min)
      case 'too-large':
        return t.tooLarge(fault.max)
      case 'email':
        return t.email
      case 'day':
        return t.day
      case 'whole-number':
        return t.wholeNumber
      case 'format':
        return t.format
    }
  }
}

function differs(a: Value, b: Value | undefined): boolean {
  return Array.isArray(a) && Array.isArray(b)
    ? a.length !== b.length || a.some((one, at) => one !== b[at])
    : a !== b
}
