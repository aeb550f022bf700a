/**
 * Canonical JSON (RFC 8785): members in the order of their names' UTF-16 code units, ECMAScript's
 * numbers and strings, nothing between the tokens. Throws on what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a JSON number')
  const scalar = JSON.stringify(value)
  if (scalar === undefined) throw new TypeError(`${typeof value} is not a JSON value`)
  return scalar
}
