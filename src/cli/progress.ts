import { isTTY, progress } from '@clack/prompts'

/** Shows how far something long has come, on standard error. */
export type Progress = {
  readonly update: (label: string, done: number, total: number) => void
  readonly end: (label: string) => void
}

const PERCENT = 100
/** Without a terminal a line is written every so many percent. */
const LINE_PERCENT = 25

/** A bar on a terminal, lines elsewhere, nothing when the output is for a program. */
export function showProgress(isQuiet: boolean): Progress {
  if (isQuiet) return { update: () => {}, end: () => {} }
  return isTTY(process.stderr) ? bar() : lines()
}

function bar(): Progress {
  const shown = progress({ max: PERCENT, output: process.stderr })
  let current = ''
  let at = 0
  return {
    update(label, done, total) {
      if (current === '') shown.start(label)
      if (label !== current) {
        current = label
        at = 0
      }
      const percent = Math.floor((PERCENT * done) / Math.max(1, total))
      shown.advance(percent - at, `${label} ${count(done)} / ${count(total)}`)
      at = percent
    },
    end: (label) => {
      if (current !== '') shown.stop(label)
    },
  }
}

function lines(): Progress {
  let next = { label: '', percent: 0 }
  return {
    update(label, done, total) {
      if (label !== next.label) next = { label, percent: 0 }
      const percent = Math.floor((PERCENT * done) / Math.max(1, total))
      if (percent < next.percent) return
      process.stderr.write(`${label}: ${count(done)} / ${count(total)}\n`)
      next = { label, percent: percent - (percent % LINE_PERCENT) + LINE_PERCENT }
    },
    end: () => {},
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
