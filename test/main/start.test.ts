import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'arinomama-start-'))
const running = new Set<ChildProcess>()
afterEach(async () => {
  await Promise.all([...running].map((child) => ended(child, 'SIGTERM')))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Started = { readonly child: ChildProcess; readonly said: () => string }

function start(environment: Record<string, string>, ...more: string[]): Started {
  const child = spawn(process.execPath, ['src/main.ts', 'start', '--api-only', ...more], {
    env: { PATH: process.env['PATH'], PORT: '0', ARINOMAMA_DATA: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  child.stderr.on('data', (chunk) => (text += String(chunk)))
  return { child, said: () => text }
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  if (child.exitCode !== null) return child.exitCode
  child.once('close', resolve)
  if (signal !== undefined) child.kill(signal)
  return promise
}

async function origin(started: Started): Promise<string> {
  await expect
    .poll(() => started.said(), { timeout: 50_000, interval: 100 })
    .toMatch(/Arinomama {2}http:\/\/localhost:\d+/)
  return /http:\/\/localhost:\d+/.exec(started.said())?.[0] ?? ''
}

test('a fresh folder gives an address and a link; a second start there is refused; both end well', async () => {
  const first = start({})
  const address = await origin(first)
  expect(first.said()).toMatch(/\/set-up\?token=[A-Za-z0-9_-]{43}/)
  const session = await fetch(`${address}/api/session`)
  expect(await session.json()).toMatchObject({ setUp: false })
  expect(statSync(join(folder, 'keys')).mode & 0o077).toBe(0)

  const second = start({})
  expect(await ended(second.child)).toBe(1)
  expect(second.said()).toContain('code: data-folder-in-use')

  expect(await ended(first.child, 'SIGTERM')).toBe(0)
  await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed')
  const again = start({})
  await origin(again)
  expect(await ended(again.child, 'SIGINT')).toBe(0)
})

test('a port that is taken is named, before anything is opened', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const { child, said } = start({ PORT: port })
  expect(await ended(child)).toBe(1)
  expect(said()).toContain('code: port-in-use')
  expect(said()).toContain(port)
  expect(said()).toMatch(/[ぁ-ん]/)
  taken.close()
})

test.each([
  ['PORT', 'eighty'],
  ['ARINOMAMA_ORIGIN', 'localhost'],
  ['ARINOMAMA_PROXIES', '-1'],
  ['DATABASE_URL', 'mysql://x'],
])('a setting that means nothing is named: %s=%s', async (name, value) => {
  const { child, said } = start({ [name]: value })
  expect(await ended(child)).toBe(1)
  expect(said()).toContain('code: setting-invalid')
  expect(said()).toContain(name)
})

test.each([
  [{ ARINOMAMA_ADDRESS: '0.0.0.0' }, 'origin-missing'],
  [{ ARINOMAMA_ORIGIN: 'http://soc2.example.com' }, 'origin-insecure'],
])('beyond this machine it does not start without https: %j', async (environment, code) => {
  const { child, said } = start(environment)
  expect(await ended(child)).toBe(1)
  expect(said()).toContain(`code: ${code}`)
})

test('a data folder that is no folder is refused with what to do', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  const { child, said } = start({ ARINOMAMA_DATA: file })
  expect(await ended(child)).toBe(1)
  expect(said()).toContain('code: data-folder-unwritable')
})

test('a database that cannot be reached is refused with what to do', async () => {
  const data = join(folder, 'elsewhere')
  const { child, said } = start({
    ARINOMAMA_DATA: data,
    DATABASE_URL: 'postgres://u@127.0.0.1:1/x',
  })
  expect(await ended(child)).toBe(1)
  expect(said()).toContain('code: database-unreachable')
})
