import { spawn } from 'node:child_process'

export type ChildRun = {
  readonly command: string
  readonly args: readonly string[]
  readonly input: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly outputBytesMax: number
  readonly onOutput: (chunk: Buffer) => void
  readonly signal?: AbortSignal | undefined
}

export type ChildEnd = {
  readonly how: 'exited' | 'timed-out' | 'too-large' | 'missing' | 'stopped'
  /** Exit status; null when a signal ended it. */
  readonly status: number | null
  readonly output: Buffer
  readonly complaint: string
}

const COMPLAINT_BYTES_MAX = 65_536

/**
 * Runs a program with a limit on its time and on what it may print. It gets its own process group,
 * so that at a limit everything it started ends with it.
 */
export function runChild(run: ChildRun): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const child = spawn(run.command, run.args, {
      cwd: '/',
      env: { ...run.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const output: Buffer[] = []
    const complaint: Buffer[] = []
    let bytes = 0
    let complaintBytes = 0
    let how: ChildEnd['how'] = 'exited'
    const stop = (reason: ChildEnd['how']) => {
      if (how !== 'exited') return
      how = reason
      endGroup(child.pid)
    }
    const timer = setTimeout(() => stop('timed-out'), run.timeoutMs)
    const onAbort = () => stop('stopped')
    run.signal?.addEventListener('abort', onAbort)
    child.stdout.on('data', (chunk: Buffer) => {
      if (how !== 'exited') return
      bytes += chunk.length
      if (bytes > run.outputBytesMax) {
        stop('too-large')
        return
      }
      output.push(chunk)
      run.onOutput(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaintBytes < COMPLAINT_BYTES_MAX) complaint.push(chunk)
      complaintBytes += chunk.length
    })
    child.on('error', () => {
      if (child.pid === undefined) how = 'missing'
    })
    // A program that ends without reading what it was given is no error of ours.
    child.stdin.on('error', () => undefined)
    child.on('close', (status) => {
      clearTimeout(timer)
      run.signal?.removeEventListener('abort', onAbort)
      resolve({
        how,
        status,
        output: Buffer.concat(output),
        complaint: Buffer.concat(complaint).toString('utf8').slice(0, COMPLAINT_BYTES_MAX),
      })
    })
    child.stdin.end(run.input)
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}
