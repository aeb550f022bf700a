import type { z } from 'zod'

/** Why a field cannot be sent as it is; the words are in `messages/ui.ts`. */
export type FieldFault =
  | { readonly kind: 'required' }
  | { readonly kind: 'too-long'; readonly max: number }
  | { readonly kind: 'too-short'; readonly min: number }
  | { readonly kind: 'too-small'; readonly min: number }
  | { readonly kind: 'too-large'; readonly max: number }
  | { readonly kind: 'email' }
  | { readonly kind: 'day' }
  | { readonly kind: 'whole-number' }
  | { readonly kind: 'format' }

export type FieldFaults = Readonly<Record<string, FieldFault>>

/**
 * What the route's own schema has against a body, by the name of the field: `title.ja`. The first
 * fault of each field counts.
 */
export function faultsOf(schema: z.ZodType, body: unknown): FieldFaults {
  const result = schema.safeParse(body)
  if (result.success) return {}
  const faults = result.error.issues
    .toReversed()
    .map((issue) => [issue.path.join('.'), faultOf(issue, valueAt(body, issue.path))] as const)
  return Object.fromEntries(faults)
}

function faultOf(issue: z.core.$ZodIssue, value: unknown): FieldFault {
  if (isEmpty(value)) return { kind: 'required' }
  switch (issue.code) {
    case 'too_big':
      return {
        kind: issue.origin === 'string' ? 'too-long' : 'too-large',
        max: Number(issue.maximum),
      }
    case 'too_small':
      return {
        kind: issue.origin === 'string' ? 'too-short' : 'too-small',
        min: Number(issue.minimum),
      }
    case 'invalid_format':
      if (issue.format === 'email') return { kind: 'email' }
      return issue.format === 'date' ? { kind: 'day' } : { kind: 'format' }
    case 'invalid_type':
      return issue.expected === 'int' ? { kind: 'whole-number' } : { kind: 'format' }
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_value':
    case 'custom':
      return { kind: 'format' }
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, name) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, name) : undefined,
    body,
  )
}

/** The fault or message of a field, or of anything inside it: `criteria.0` speaks of `criteria`. */
export function inField<T>(all: Readonly<Record<string, T>>, name: string): T | null {
  const key = Object.keys(all).find((one) => one === name || one.startsWith(`${name}.`))
  return key === undefined ? null : (all[key] ?? null)
}
