import type { Parameter } from './documents.ts'
import { safePattern } from './pattern.ts'

const valueMax = 200

export type ValueFault = 'parameter-missing' | 'parameter-unknown' | 'parameter-out-of-bounds'

/** Whether the values are within what the customer agreed to; the first that is not, by name. */
export function faultInValues(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, string>>,
): { readonly fault: ValueFault; readonly name: string } | null {
  const names = new Set(parameters.map(({ name }) => name))
  const unknown = Object.keys(values).find((name) => !names.has(name))
  if (unknown !== undefined) return { fault: 'parameter-unknown', name: unknown }
  for (const parameter of parameters) {
    const { name } = parameter
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return { fault: 'parameter-missing', name }
    if (!isWithin(parameter, value)) return { fault: 'parameter-out-of-bounds', name }
  }
  return null
}

function isWithin(parameter: Parameter, value: string): boolean {
  if (value.length > valueMax || /[\p{Cc}\p{Cf}]/u.test(value)) return false
  switch (parameter.kind) {
    case 'choice':
      return parameter.values.includes(value)
    case 'integer': {
      // One way to write each number, so that what was agreed is what is run.
      if (!/^(?:0|-?[1-9]\d{0,14})$/.test(value)) return false
      const number = Number(value)
      return number >= parameter.min && number <= parameter.max
    }
    case 'text':
      return safePattern(parameter.pattern)?.test(value) ?? false
  }
}
