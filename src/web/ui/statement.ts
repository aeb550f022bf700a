import { z } from 'zod'
import type { Format } from '../messages/format.ts'

type Fact = { readonly label: string; readonly value: string }

type Words = {
  readonly acts: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
}

const record = z.record(z.string(), z.unknown())

/**
 * The fields of a signed statement in the order in which they were signed, worded. What has no
 * words of ours is shown under its own name: nothing that is signed is left out.
 */
export function statementFacts(statement: string, words: Words, format: Format): readonly Fact[] {
  const read = parsed(statement)
  if (read === null) return []
  return flat(read, '').map(([name, value]) => ({
    label: words.fields[name] ?? name,
    value: valueText(name, value, words, format),
  }))
}

function parsed(statement: string): Readonly<Record<string, unknown>> | null {
  try {
    return record.parse(JSON.parse(statement))
  } catch {
    return null
  }
}

function flat(
  fields: Readonly<Record<string, unknown>>,
  prefix: string,
): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const inner = record.safeParse(value)
    return inner.success && !Array.isArray(value)
      ? flat(inner.data, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value] as const]
  })
}

function valueText(name: string, value: unknown, words: Words, format: Format): string {
  if (typeof value === 'number') return format.number(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (name === 'act') return words.acts[value] ?? value
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return format.exact(value)
  return words.values[value] ?? value
}
