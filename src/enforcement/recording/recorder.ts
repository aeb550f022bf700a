import { createBlockFile, RecordingError, syncFolderOf, type BlockFile } from './block-file.ts'
import type { EndReason } from './chain.ts'
import { createOutputText, type OutputPart } from './output-text.ts'

export type RecordingHeader = {
  readonly cols: number
  readonly rows: number
  /** When it began, milliseconds since 1970. */
  readonly startedMs: number
  readonly title: string
  /** What it is about: change, serial, host, account. */
  readonly about: Readonly<Record<string, string | number>>
}

export type Recorder = {
  /** Writes before it returns; who forwards bytes does so after that. Throws `RecordingError`. */
  readonly output: (bytes: Uint8Array) => void
  readonly input: (text: string) => void
  readonly resize: (cols: number, rows: number) => void
  /** True when the file has reached its limit: the session must end, and be told so. */
  readonly isFull: () => boolean
  /** Closes the file for good, durably. Saying it again changes nothing. */
  readonly end: (reason: EndReason, exitStatus: number | null) => RecordingEnd
}

export type RecordingEnd = {
  readonly bytes: number
  readonly links: number
  /** The last link's hash; it commits to the whole file. */
  readonly head: string
}

export type RecorderOptions = {
  readonly path: string
  readonly header: RecordingHeader
  /** Monotonic milliseconds. */
  readonly nowMs: () => number
  readonly bytesMax: number
  /** Told once when the disk fails while nobody writes. */
  readonly onFailure: (error: RecordingError) => void
}

const CHUNK_BYTES_MAX = 32_768

/**
 * Begins a recording: a new file of the proxy's own, durable with its header before this returns.
 * Everything is in the file (`write(2)`) before the session goes on, so that it survives the proxy's
 * death; it is on the disk (`fdatasync(2)`) a quarter of a second later, so that it survives the
 * machine's. Throws `RecordingError` when it cannot begin: then there must be no session.
 */
export function startRecording(options: RecorderOptions): Recorder {
  const file = begin(options)
  const text = createOutputText()
  let lastMs = options.nowMs()
  let ended: RecordingEnd | undefined

  const event = (code: string, data: string) => {
    const passed = Math.max(0, Math.round(options.nowMs() - lastMs))
    lastMs += passed
    return `${JSON.stringify([passed / 1000, code, data])}\n`
  }
  const shownPart = ({ shown, exact }: OutputPart) => {
    const bytes = exact === null ? '' : `# bytes ${Buffer.from(exact).toString('base64')}\n`
    return shown === '' ? bytes : bytes + event('o', shown)
  }
  const add = (lines: string) => {
    if (ended !== undefined) throw new RecordingError('the recording has ended')
    if (lines !== '') file.add(lines)
  }
  return {
    output(data) {
      for (let at = 0; at < data.byteLength; at += CHUNK_BYTES_MAX) {
        add(shownPart(text.add(data.subarray(at, at + CHUNK_BYTES_MAX))))
      }
    },
    input: (typed) => add(typed === '' ? '' : event('i', typed)),
    resize: (cols, rows) => add(event('r', `${cols}x${rows}`)),
    isFull: () => file.bytes() >= options.bytesMax,
    end(reason, exitStatus) {
      if (ended !== undefined) return ended
      try {
        const exit = exitStatus === null ? '' : event('x', String(exitStatus))
        file.seal(`${shownPart(text.end())}${exit}# end ${reason} ${exitStatus ?? '-'}\n`)
        ended = { bytes: file.bytes(), links: file.links(), head: file.head() }
        return ended
      } finally {
        file.close()
      }
    },
  }
}

function begin({ path, header, onFailure }: RecorderOptions): BlockFile {
  const file = createBlockFile(path, onFailure)
  try {
    file.seal(`${JSON.stringify(headerOf(header))}\n`)
    syncFolderOf(path)
    return file
  } catch (error) {
    file.close()
    if (error instanceof RecordingError) throw error
    throw new RecordingError('the recording cannot be written', { cause: error })
  }
}

function headerOf({ cols, rows, startedMs, title, about }: RecordingHeader) {
  const term = { cols, rows, type: 'xterm-256color' }
  return { version: 3, term, timestamp: Math.floor(startedMs / 1000), title, arinomama: about }
}
