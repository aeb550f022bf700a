import type { Procedure } from './model.ts'

/**
 * By which procedure a check looks: watching the state of a machine, comparing lists as somebody
 * would by hand, or reading what was recorded. A check's first word says what it is about.
 */
export function procedureOf(check: string): Procedure {
  const about = check.slice(0, check.indexOf('-'))
  if (about === 'host' || about === 'observation') return 'observation'
  if (about === 'access' || about === 'people' || about === 'training') return 'reperformance'
  return 'inspection'
}
