/**
 * Characters that a reader cannot see but that change what is read: controls; marks that turn the
 * direction of writing (a name holding U+202E prints its neighbours backwards); spaces without a
 * width, and tags, in which whole sentences hide. Also the noncharacters U+FDD0 to U+FDEF, which no
 * text holds, so that they are free for marking places.
 */
const ranges = [
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad',
  '\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069',
  '\\ufdd0-\\ufdef\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}',
]
const invisible = new RegExp(`[${ranges.join('')}]`, 'gu')

const loneSurrogate = /\p{Surrogate}/gu

/** The text with its invisible characters written out (`‹U+202E›`), so that it is seen as it is. */
export function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(loneSurrogate, name).replace(invisible, name)
}

/** As `visible`, on one line. */
export function visibleLine(text: string): string {
  return visible(text)
    .replace(/\s*[\n\t]\s*/g, ' ')
    .trim()
}

function name(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
}
