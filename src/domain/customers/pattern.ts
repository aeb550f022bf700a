/**
 * Patterns for the values of parameters: a small part of regular expressions that is always matched
 * in one pass. A sequence of atoms, each a literal, an escaped literal, or a class `[a-z0-9-]`,
 * with at most one of `?`, `{n}`, `{n,m}` after it, m up to 200. No groups, no alternatives, no `*`
 * or `+`, no `.`, no lookaround: nothing that can backtrack without end, and nothing that an
 * approver has to be an expert to read. It always stands for the whole value.
 */
const atom =
  /(?:[A-Za-z0-9_@%=:,/ -]|\\[.+*?()[\]{}|^$\\/-]|\[(?:[A-Za-z0-9_@%=:,. -]-[A-Za-z0-9]|[A-Za-z0-9_@%=:,. -])+\])(?:\?|\{\d{1,3}(?:,\d{1,3})?\})?/y

const repeatsMax = 200
/** In how many ways a value can be split among the atoms that vary in length, at most. */
const waysMax = 50_000

/** The pattern, anchored at both ends; null when it is not of the safe kind. */
export function safePattern(pattern: string): RegExp | null {
  atom.lastIndex = 0
  let ways = 1
  let at = 0
  while (at < pattern.length) {
    atom.lastIndex = at
    const found = atom.exec(pattern)?.[0]
    if (found === undefined) return null
    at += found.length
    const counted = /\{(\d+)(?:,(\d+))?\}$/.exec(found)
    if (counted !== null) {
      const least = Number(counted[1])
      const most = Number(counted[2] ?? counted[1])
      if (most > repeatsMax || least > most || most === 0) return null
      ways *= most - least + 1
    } else if (found.length > 1 && found.endsWith('?') && !found.endsWith('\\?')) ways *= 2
  }
  if (at === 0 || ways > waysMax) return null
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    // Such as a class whose range runs backwards.
    return null
  }
}
