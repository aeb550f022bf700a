/**
 * Canonical JSON (RFC 8785): members in the order of their names' UTF-16 code units, ECMAScript's
 * numbers and strings, nothing between the tokens. What a thing's bytes are is decided here alone:
 * entries, statements that people sign, and reports are all printed by it.
 *
 * Members whose value is `undefined` are left out. Everything else that JSON cannot hold throws: so
 * do lone surrogates, which have no UTF-8.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalText(value)
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalJsonError('number-not-finite')
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value)
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new CanonicalJsonError('not-json')
  }
}

export type CanonicalJsonCode = 'not-json' | 'number-not-finite' | 'text-malformed'

export class CanonicalJsonError extends TypeError {
  override readonly name = 'CanonicalJsonError'
  readonly code: CanonicalJsonCode

  constructor(code: CanonicalJsonCode) {
    super(`canonical JSON: ${code}`)
    this.code = code
  }
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new CanonicalJsonError('text-malformed')
  return JSON.stringify(text)
}

/** `map` would leave the holes of a sparse array out; they are not JSON either. */
function canonicalArray(items: readonly unknown[]): string {
  return `[${Array.from(items, (item) => canonicalJson(item)).join(',')}]`
}

function canonicalObject(value: object): string {
  const shape: unknown = Object.getPrototypeOf(value)
  // A Date or a Map would be printed as `{}` and nobody would notice.
  if (shape !== Object.prototype && shape !== null) throw new CanonicalJsonError('not-json')
  const members: string[] = []
  for (const name of Object.keys(value).sort()) {
    const member: unknown = Reflect.get(value, name)
    if (member !== undefined) members.push(`${canonicalText(name)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}
