const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

/** The width of a text in half-width columns: Chinese characters and kana count twice. */
export function eastAsianWidth(words: string): number {
  let width = 0
  for (const character of words) width += wide.test(character) ? 2 : 1
  return width
}

/**
 * The text on one line. Where the writer broke a line between two Chinese characters or kana,
 * nothing takes its place; elsewhere a space does.
 */
export function softBreaks(words: string): string {
  return words.replace(/[ \t]*\n[ \t]*/g, (_, at: number, whole: string) => {
    const before = whole.slice(0, at).at(-1) ?? ''
    const after = /\S/.exec(whole.slice(at))?.[0] ?? ''
    return wide.test(before) && wide.test(after) ? '' : ' '
  })
}
