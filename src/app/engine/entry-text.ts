import { canonicalJson, CanonicalJsonError } from '../../domain/canonical-json.ts'

const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/

/**
 * Whether every text in the value can stand in an entry and in a view: well-formed Unicode, and
 * without NUL, which PostgreSQL's texts cannot hold. Looked for before anything is encrypted.
 */
export function isText(value: unknown): boolean {
  try {
    return !escapedNul.test(canonicalJson(value))
  } catch (error) {
    if (error instanceof CanonicalJsonError && error.code === 'text-malformed') return false
    throw error
  }
}
