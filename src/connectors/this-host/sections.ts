import type { Gap, GapReason } from '../../domain/devices/gaps.ts'
import { FACT_TEXT_MAX } from '../../domain/devices/facts.ts'

/** One section of the probe's output: what a command printed, what it complained of, how it ended. */
export type Section = {
  readonly text: string
  readonly complaint: string
  readonly status: number
  readonly files: readonly SectionFile[]
}

export type SectionFile = { readonly path: string; readonly text: string }

/** The exit statuses with which the probe says why. */
export const ABSENT = 66
const NEEDS_ROOT = 77
const TIMED_OUT = 124
const NO_COMMAND = 127

const SECTIONS_MAX = 200
const LINE_CHARACTERS_MAX = 4_096

/** The sections of one run, by name. */
export class Sections {
  readonly #byName: ReadonlyMap<string, Section>

  constructor(byName: ReadonlyMap<string, Section>) {
    this.#byName = byName
  }

  /** A section that the probe never reached counts as one that ended by being cut off. */
  of(name: string): Section {
    return this.#byName.get(name) ?? { text: '', complaint: '', status: -1, files: [] }
  }

  /** The first line of what a section printed, when it ended well. */
  word(name: string): string | null {
    const { status, text } = this.of(name)
    const line = linesOf(text)[0]
    return status === 0 && line !== undefined && line !== '' ? line : null
  }
}

/**
 * Reads the probe's output. Markers are lines that start with the run's boundary, which nothing on
 * the machine knew beforehand, so no file and no name there can pose as one. Null when the markers
 * are not exactly in order or the last one is missing: then nothing of it is believed.
 */
export function parseSections(output: string, boundary: string): Sections | null {
  const byName = new Map<string, Section>()
  let open: Draft | null = null
  for (const line of output.split('\n')) {
    if (!line.startsWith(`${boundary} `)) {
      open?.push(line)
      continue
    }
    const [kind, name = '', ...rest] = line.slice(boundary.length + 1).split(' ')
    if (kind === 'done') return open === null ? new Sections(byName) : null
    if (kind === 'begin') {
      if (open !== null || byName.has(name) || byName.size >= SECTIONS_MAX) return null
      open = new Draft(name)
      continue
    }
    if (open === null) return null
    if (kind === 'file' && !open.complaining) {
      open.startFile([name, ...rest].join(' '))
    } else if (kind === 'complaint' && name === open.name && !open.complaining) {
      open.complaining = true
    } else if (kind === 'end' && name === open.name && open.complaining) {
      const status = rest[0] ?? ''
      if (!/^[0-9]{1,3}$/.test(status)) return null
      byName.set(name, open.finish(Number(status)))
      open = null
    } else {
      return null
    }
  }
  return null
}

class Draft {
  readonly name: string
  complaining = false
  readonly #printed: string[] = []
  readonly #said: string[] = []
  readonly #files: { path: string; lines: string[] }[] = []

  constructor(name: string) {
    this.name = name
  }

  push(line: string): void {
    const file = this.#files.at(-1)
    if (this.complaining) this.#said.push(line)
    else if (file === undefined) this.#printed.push(line)
    else file.lines.push(line)
  }

  startFile(path: string): void {
    this.#files.push({ path, lines: [] })
  }

  finish(status: number): Section {
    return {
      text: this.#printed.join('\n'),
      complaint: clean(this.#said.join(' ').trim(), 300),
      status,
      files: this.#files.map(({ path, lines }) => ({ path, text: lines.join('\n') })),
    }
  }
}

/** Why a section says nothing, as a gap. */
export function gapOf(what: string, section: Section): Gap {
  return { what, reason: reasonOf(section.status), detail: section.complaint }
}

export function gap(what: string, reason: GapReason, detail = ''): Gap {
  return { what, reason, detail: clean(detail, 300) }
}

/** An area of which nothing is known because of one section. */
export function unreadable(what: string, section: Section) {
  return { state: 'unreadable' as const, gaps: [gapOf(what, section)] }
}

function reasonOf(status: number): GapReason {
  switch (status) {
    case -1:
      return 'not-asked'
    case NEEDS_ROOT:
      return 'needs-root'
    case TIMED_OUT:
      return 'timed-out'
    case NO_COMMAND:
      return 'tool-missing'
    default:
      return 'failed'
  }
}

/** Lines without the empty ones at the end; no line is longer than can be read. */
export function linesOf(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, LINE_CHARACTERS_MAX).replace(/\r$/, ''))
}

/**
 * A machine's text as it may be kept and shown: control characters, and characters that turn the
 * direction of writing, become visible marks; what is too long is cut.
 */
export function clean(text: string, charactersMax = FACT_TEXT_MAX): string {
  const shown = text.slice(0, charactersMax * 2).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD')
  return shown.length <= charactersMax ? shown : `${shown.slice(0, charactersMax - 1)}…`
}

/** A whole number of at most nine digits; null for anything else. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,9}$/.test(text) ? Number(text) : null
}

/** Seconds since 1970 as an instant; null when that is no sensible time. */
export function instantOfSeconds(text: string | null | undefined): string | null {
  if (text === null || text === undefined || !/^[0-9]{1,10}$/.test(text)) return null
  return new Date(Number(text) * 1_000).toISOString()
}
