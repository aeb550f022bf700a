import { spawn } from 'node:child_process'
import type { VirusScanner } from '../app/evidence/open.ts'

const scanTimeoutMs = 60_000

/**
 * Asks ClamAV's daemon through `clamdscan`, bytes on its standard input (clamdscan(1): 0 nothing
 * found, 1 found, 2 an error). Where there is no such program, or it cannot answer, nobody looked.
 */
export function clamdScanner(program = 'clamdscan'): VirusScanner {
  return (bytes) =>
    new Promise((resolve) => {
      const child = spawn(program, ['--no-summary', '--stdout', '-'], {
        stdio: ['pipe', 'ignore', 'ignore'],
        timeout: scanTimeoutMs,
        killSignal: 'SIGKILL',
      })
      child.on('error', () => resolve('absent'))
      child.on('close', (status) => {
        resolve(status === 0 ? 'clean' : status === 1 ? 'infected' : 'absent')
      })
      // It may end before it has read everything; its exit status says what that means.
      child.stdin.on('error', () => {})
      child.stdin.end(bytes)
    })
}
