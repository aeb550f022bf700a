import { performance } from 'node:perf_hooks'
import { join } from 'node:path'
import type { ServerChannel } from 'ssh2'
import type { EndReason } from '../recording/chain.ts'
import { startRecording, type Recorder, type RecordingEnd } from '../recording/recorder.ts'
import { createTypedText } from '../recording/typed-text.ts'
import type { OpenedSession, SessionEnd } from './authority.ts'
import { startHop, type Hop, type HopKey, type Terminal } from './hop.ts'

export type RunningSession = {
  readonly session: string
  readonly stop: (reason: EndReason | 'disk', said: string) => void
  readonly done: Promise<SessionEnd>
}

export type SessionGiven = {
  readonly opened: OpenedSession
  readonly key: HopKey
  readonly folder: string
  readonly keyId: string
  readonly serial: bigint
  readonly validBeforeS: number
  readonly nowMs: () => number
  readonly bytesMax: number
  readonly terminal: Terminal | null
  readonly command: string | null
  readonly onTerminal: (resize: (terminal: Terminal) => void) => void
}

const SETTLE_EVERY_MS = 1_000

/**
 * One session: the host's bytes are in the recording before the operator sees them, and the session
 * ends when they cannot be. Throws `RecordingError` when the recording cannot begin.
 */
export function runSession(channel: ServerChannel, given: SessionGiven): RunningSession {
  const { opened, terminal } = given
  const { promise: done, resolve } = Promise.withResolvers<SessionEnd>()
  let how: { reason: EndReason | 'disk'; said: string } | undefined
  const recorder = startRecording({
    path: join(given.folder, `${opened.session}.cast`),
    header: headerOf(given),
    nowMs: () => performance.now(),
    bytesMax: given.bytesMax,
    onFailure: () => stop('disk', 'the recording cannot be written'),
  })
  const certificate = opened.hopCertificate
  const { target } = opened
  const hop = startHop(given.key, { target, certificate, terminal, command: given.command })
  const stop = (reason: EndReason | 'disk', said: string) => {
    if (how !== undefined) return
    how = { reason, said }
    hop.kill()
  }
  connect(channel, hop, recorder, { isTyped: terminal !== null, stop })
  given.onTerminal((size) => {
    hop.resize(size)
    guarded(() => recorder.resize(size.cols, size.rows), stop)
  })
  const expiry = setTimeout(
    () => stop('expired', 'the time that was approved for this work is over'),
    Math.max(0, given.validBeforeS * 1000 - given.nowMs()),
  )
  channel.once('close', () => stop('connection', ''))
  hop.child.once('error', () => stop('connection', 'ssh could not be started'))
  hop.child.once('close', (status, signal) => {
    clearTimeout(expiry)
    given.key.discard()
    const exitStatus = how === undefined && signal === null ? status : null
    const recording = closed(recorder, how?.reason ?? 'closed', exitStatus)
    const reason = recording === null ? 'disk' : (how?.reason ?? 'closed')
    if (how !== undefined && how.said !== '') {
      channel.stderr.write(`\r\narinomama: session ended: ${how.said}\r\n`)
    }
    channel.exit(exitStatus ?? 255)
    channel.end()
    resolve({ reason, exitStatus, recording })
  })
  return { session: opened.session, stop, done }
}

type Stop = RunningSession['stop']

function connect(
  channel: ServerChannel,
  hop: Hop,
  recorder: Recorder,
  { isTyped, stop }: { readonly isTyped: boolean; readonly stop: Stop },
): void {
  const typed = createTypedText()
  const settle = setInterval(
    () => guarded(() => recorder.input(typed.settle()), stop),
    SETTLE_EVERY_MS,
  )
  hop.child.once('close', () => {
    clearInterval(settle)
    guarded(() => recorder.input(typed.settle()), stop)
  })
  const shown = (
    from: typeof hop.child.stdout,
    to: { write(bytes: Buffer): boolean } & NodeJS.EventEmitter,
  ) => {
    from.on('data', (bytes: Buffer) => {
      const kept = guarded(() => {
        if (isTyped) recorder.input(typed.answered(bytes.toString('utf8')))
        recorder.output(bytes)
      }, stop)
      if (!kept) return
      if (!to.write(bytes)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
      if (recorder.isFull()) stop('limit', 'the recording has reached its largest size')
    })
  }
  shown(hop.child.stdout, channel)
  shown(hop.child.stderr, channel.stderr)
  channel.on('data', (bytes: Buffer) => {
    const text = bytes.toString('utf8')
    if (!guarded(() => recorder.input(isTyped ? typed.typed(text) : text), stop)) return
    if (!hop.child.stdin.write(bytes)) {
      channel.pause()
      hop.child.stdin.once('drain', () => channel.resume())
    }
    if (recorder.isFull()) stop('limit', 'the recording has reached its largest size')
  })
  channel.on('end', () => hop.child.stdin.end())
  // A host that has gone takes no more input: the end of the hop says so.
  hop.child.stdin.on('error', () => undefined)
}

/** What cannot be recorded does not happen. */
function guarded(work: () => void, stop: Stop): boolean {
  try {
    work()
    return true
  } catch {
    stop('disk', 'the recording cannot be written')
    return false
  }
}

function closed(
  recorder: Recorder,
  reason: EndReason | 'disk',
  exitStatus: number | null,
): RecordingEnd | null {
  try {
    return recorder.end(reason === 'disk' ? 'interrupted' : reason, exitStatus)
  } catch {
    // The file is closed as interrupted when the proxy starts on a disk that has room.
    return null
  }
}

function headerOf({ opened, keyId, serial, command, terminal, nowMs }: SessionGiven) {
  const { session, target } = opened
  const about = { session, keyId, serial: String(serial), host: target.host, account: target.user }
  return {
    ...(terminal ?? { cols: 80, rows: 24 }),
    startedMs: nowMs(),
    title: `${keyId} ${target.user}@${target.host}`,
    about: command === null ? about : { ...about, command },
  }
}
