import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/arinomama.mjs', import.meta.url))
const startTimeoutMs = 180_000

/** The program as a user starts it: a process of its own, an empty folder, nothing else. */
export type Program = {
  readonly origin: string
  /** The one-time link that the terminal shows. */
  readonly link: string
  readonly stop: () => Promise<void>
}

export async function startProgram(...options: readonly string[]): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-e2e-'))
  const child = spawn(process.execPath, [bin, 'start', ...options], {
    env: { ...process.env, ARINOMAMA_DATA: folder, PORT: '0', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const link = await linkIn(child)
    return { origin: new URL(link).origin, link, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for the address with a token that the terminal shows. */
async function linkIn(child: ChildProcess): Promise<string> {
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timer = setTimeout(() => reject(new Error(`no link was shown:\n${said}`)), startTimeoutMs)
  const read = (chunk: unknown) => {
    said += String(chunk)
    const link = /https?:\/\/\S+\/(?:set-up\?token=|invitations\/)\S+/.exec(said)?.[0]
    if (link !== undefined) resolve(link)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${said}`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}
