import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Answer } from './report-press-messages.ts'
import type { Job } from './report-press-messages.ts'
import { ReportError } from './report-error.ts'

/**
 * Typesets documents with Typst in a process of its own: the native typesetter blocks its thread,
 * and its memory grows with every document and never shrinks. One document at a time, in order.
 */
export type ReportCompiler = {
  /**
   * The PDF of `document`, as `report.typ` in the folder sets it. Throws `ReportError`:
   * `report-not-typeset`, `report-process-ended`, `report-timeout`, `report-queue-full`,
   * `report-compiler-closed`.
   */
  readonly typeset: (folder: URL, document: object) => Promise<Uint8Array>
  /** Ends the process. What still waits is refused with `report-compiler-closed`. */
  readonly close: () => Promise<void>
}

export type ReportCompilerLimits = {
  /** Documents after which the process is replaced. */
  readonly documentsMax: number
  /** Resident memory, in MiB, above which the process is replaced after a document. */
  readonly residentMiBMax: number
  /** How long one document may take; the process is killed then. */
  readonly timeoutMs: number
  /** Documents waiting or in work. */
  readonly queueMax: number
}

const defaultLimits: ReportCompilerLimits = {
  documentsMax: 20,
  residentMiBMax: 700,
  timeoutMs: 300_000,
  queueMax: 50,
}

export function createReportCompiler(limits: Partial<ReportCompilerLimits> = {}): ReportCompiler {
  const { documentsMax, residentMiBMax, timeoutMs, queueMax } = { ...defaultLimits, ...limits }
  let press: Press | undefined
  let waiting = 0
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  async function next(job: Job): Promise<Uint8Array> {
    if (closed) throw new ReportError('report-compiler-closed', 'The report compiler is closed')
    if (press === undefined || press.ended()) press = startPress()
    const mine = press
    const { pdf, residentMiB } = await mine.print(job, timeoutMs)
    if (mine.printed() >= documentsMax || residentMiB > residentMiBMax) {
      press = undefined
      await mine.stop()
    }
    return pdf
  }

  return {
    typeset: async (folder, document) => {
      if (waiting >= queueMax) {
        throw new ReportError('report-queue-full', `${queueMax} documents are already waiting`)
      }
      waiting += 1
      const job = { folder: fileURLToPath(folder), document: JSON.stringify(document) }
      const mine = last.then(() => next(job))
      last = mine.catch(() => undefined)
      try {
        return await mine
      } finally {
        waiting -= 1
      }
    },
    close: async () => {
      closed = true
      await press?.stop()
    },
  }
}

type Press = {
  readonly print: (job: Job, timeoutMs: number) => Promise<Printed>
  readonly printed: () => number
  readonly ended: () => boolean
  readonly stop: () => Promise<void>
}
type Printed = { readonly pdf: Uint8Array; readonly residentMiB: number }

/** What the process needs of the environment: nothing that could change a document. */
const environmentNames = ['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMPDIR'] as const

function startPress(): Press {
  const environment = environmentNames.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const child = fork(new URL('./report-press.ts', import.meta.url), [], {
    execArgv: [],
    env: Object.fromEntries(environment),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let documents = 0
  rest(child)
  return {
    print: async (job, timeoutMs) => {
      child.ref()
      child.channel?.ref()
      documents += 1
      const printed = await answerOf(child, job, timeoutMs)
      rest(child)
      return printed
    },
    printed: () => documents,
    ended: () => hasEnded(child),
    stop: async () => {
      if (hasEnded(child)) return
      child.ref()
      const exit = once(child, 'exit')
      child.kill('SIGKILL') // it holds nothing that could be lost
      await exit
    },
  }
}

/** An idle process does not keep the program running. */
function rest(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || !child.connected
}

function answerOf(child: ChildProcess, job: Job, timeoutMs: number): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      finish()
      child.kill('SIGKILL')
      reject(new ReportError('report-timeout', `The document took more than ${timeoutMs} ms`))
    }, timeoutMs)
    const onMessage = (message: unknown) => {
      finish()
      const answer = Answer.parse(message)
      if ('refused' in answer) reject(new ReportError('report-not-typeset', answer.refused))
      else resolve(answer)
    }
    const onEnd = () => {
      finish()
      const how = String(child.signalCode ?? child.exitCode)
      reject(new ReportError('report-process-ended', `The typesetting process ended (${how})`))
    }
    function finish() {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onEnd)
      child.off('error', onEnd)
    }
    child.on('message', onMessage)
    child.on('exit', onEnd)
    child.on('error', onEnd)
    child.send(job, (error) => {
      if (error !== null) onEnd()
    })
  })
}
