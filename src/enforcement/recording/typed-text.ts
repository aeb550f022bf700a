/** What is put in the place of a typed character that was not shown to the person who typed it. */
const MASK = '•'

export type TypedText = {
  /** Takes what was typed; answers what can be recorded of it already. */
  readonly typed: (text: string) => string
  /** Takes what the host answered; answers what can be recorded now that it is known to be shown. */
  readonly answered: (text: string) => string
  /** What nobody has shown until now is masked and recorded. */
  readonly settle: () => string
}

const HELD_CHARS_MAX = 4_096
const ESCAPE = String.fromCharCode(0x1b)
const BELL = String.fromCharCode(0x07)

/**
 * Passwords are typed with echo off: what the host does not show again is recorded as `•`. A
 * character counts as shown only if the very next printable character of the output is it. So a
 * character may be masked that was no secret, and not the other way round. Control characters (the
 * return key, Ctrl-C) are no secrets and are kept; a masked line has one mark for each character.
 */
export function createTypedText(): TypedText {
  let held: string[] = []

  const settle = () => {
    const masked = held.map((char) => (isControl(char) ? char : MASK)).join('')
    held = []
    return masked
  }
  return {
    typed(text) {
      held.push(...Array.from(text))
      return held.length > HELD_CHARS_MAX ? settle() : ''
    },
    answered(text) {
      let known = ''
      for (const char of printable(text)) {
        if (held.length === 0) break
        if (char === '\n') {
          const line = held.indexOf('\r')
          if (line < 0) continue
          // The line went out and these characters had not been shown: they were typed blind.
          known += held.slice(0, line).map(maskOf).join('') + '\r'
          held = held.slice(line + 1)
          continue
        }
        if (held[0] !== char) break
        known += char
        held.shift()
      }
      return known
    },
    settle,
  }
}

function maskOf(char: string): string {
  return isControl(char) ? char : MASK
}

function isControl(char: string): boolean {
  return /^\p{Cc}$/u.test(char)
}

/** Without what moves the cursor and colours the text; only the line feed stays of the controls. */
function printable(text: string): string {
  const visible = text.replaceAll(ESCAPE, '␛').replaceAll(BELL, '␇')
  const bare = visible.replaceAll(/␛(?:\[[0-9;?]*[ -/]*[@-~]|\][^␇␛]*␇?|.)/gu, '')
  return bare.replaceAll(/[^\P{Cc}\n]/gu, '')
}
