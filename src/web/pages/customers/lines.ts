import type { z } from 'zod'

/** A line's words: separated by tabs, or by blanks where there are none. */
function wordsOf(line: string): readonly string[] {
  const parts = line.includes('\t') ? line.split('\t') : line.trim().split(/\s+/)
  return parts.map((part) => part.trim())
}

/** Lines that say something, in order. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** What was typed as it would be sent; whether that is right says the route's own schema. */
export function environmentsIn(text: string) {
  return linesOf(text).map((line) => {
    const [code = '', kind = ''] = wordsOf(line)
    // Neither word: without a code the line is refused.
    const isKnown = kind === 'production' || kind === 'other'
    return { code: isKnown ? code : '', production: kind === 'production' }
  })
}

export function hostsIn(text: string) {
  return linesOf(text).map((line) => {
    const [name = '', environment = '', address = '', port = '', logins = '', ...key] =
      wordsOf(line)
    return {
      name: name.split('.')[0] ?? '',
      environment,
      address,
      port: Number(port),
      principals: listOf(logins),
      hostKey: key.length === 0 || key[0] === '' ? null : key.slice(0, 2).join(' '),
    }
  })
}

export function accountsIn(text: string) {
  return linesOf(text).map((line) => {
    const [number = '', environment = '', roles = ''] = wordsOf(line)
    return { number, environment, roles: listOf(roles) }
  })
}

/** `days; 1..30; 保持日数; Days to keep` */
export function parametersIn(text: string) {
  return linesOf(text).map((line) => {
    const [name = '', bounds = '', ja = '', en = ''] = line.split(';').map((part) => part.trim())
    const label = { ja, en: en === '' ? ja : en }
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(bounds)
    if (range !== null) {
      const [, min, max] = range
      return { kind: 'integer' as const, name, label, min: Number(min), max: Number(max) }
    }
    const pattern = /^\/(.+)\/$/.exec(bounds)?.[1]
    if (pattern !== undefined) return { kind: 'text' as const, name, label, pattern }
    const values = bounds.split('|').map((one) => one.trim())
    return { kind: 'choice' as const, name, label, values }
  })
}

type Parameters = ReturnType<typeof parametersIn>

/** The lines that say these parameters. */
export function parameterLines(parameters: Parameters): string {
  return parameters
    .map((one) => {
      const { ja, en } = one.label
      return [one.name, boundsOf(one), ja, en].join('; ')
    })
    .join('\n')
}

function boundsOf(one: Parameters[number]): string {
  switch (one.kind) {
    case 'integer':
      return `${one.min}..${one.max}`
    case 'text':
      return `/${one.pattern}/`
    case 'choice':
      return one.values.join('|')
  }
}

/** The number of the first line that the schema of its element refuses; null when none is. */
export function faultyLine(schema: z.ZodType, rows: readonly unknown[]): number | null {
  const at = rows.findIndex((row) => !schema.safeParse(row).success)
  return at === -1 ? null : at + 1
}
