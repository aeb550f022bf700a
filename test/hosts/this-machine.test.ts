import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { hostname, release } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Sighting } from '../../src/app/devices/connector.ts'
import { thisHost } from '../../src/connectors/this-host/this-host.ts'

// Simulating updates is slow on a machine that has other things to do.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const linux = process.platform === 'linux'
const root = process.getuid?.() === 0
const probe = readFileSync(
  fileURLToPath(new URL('../../src/connectors/this-host/probe.sh', import.meta.url)),
  'utf8',
)
const boundary = 'arinomama-00000000000000000000000000000000'
const script = `boundary=${boundary}\n${probe}`

if (!linux) console.warn('Skipped: observing this machine. Only Linux can be observed.')

const linesOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n')

async function look(): Promise<Extract<Sighting, { outcome: 'observed' }>> {
  const watch = { now: () => new Date(), progress: () => undefined }
  const seen = await thisHost().observe({ kind: 'local' }, watch)
  if (seen.outcome !== 'observed') throw new Error(`${seen.code}: ${seen.detail}`)
  return seen
}

function listen(address: string): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, address, () => {
      const at = server.address()
      resolve({ server, port: typeof at === 'object' && at !== null ? at.port : 0 })
    })
  })
}

describe.skipIf(!linux)('this machine', () => {
  let seen: Awaited<ReturnType<typeof look>>
  let servers: readonly { readonly server: Server; readonly port: number }[]

  beforeAll(async () => {
    servers = [await listen('0.0.0.0'), await listen('127.0.0.1')]
    seen = await look()
  })
  afterAll(() => servers.forEach(({ server }) => server.close()))

  test('is seen as it is: name, kernel, accounts, packages, what listens', () => {
    const { readings, host, facts, startedAt, endedAt } = seen
    expect(host).toMatch(/^[0-9a-f]{32}$/)
    expect(facts).toBeGreaterThan(50)
    expect(Date.parse(endedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt))
    expect(readings.system).toMatchObject({
      facts: { hostname: hostname(), kernel: release(), observer: { root } },
    })
    const { sockets, accounts } = readings
    if (sockets.state !== 'read' || accounts.state !== 'read') throw new Error('not read')
    const found = servers.map(({ port }) => sockets.facts.list.find((one) => one.port === port))
    expect(found).toMatchObject([
      { protocol: 'tcp', open: true },
      { protocol: 'tcp', open: false },
    ])
    const names = accounts.facts.list.map(({ name }) => name)
    expect(names).toEqual(linesOf('/etc/passwd').map((line) => line.split(':')[0]))
  })

  test.skipIf(!existsSync('/var/lib/dpkg/status'))('has the packages that dpkg lists', () => {
    const listed = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Abbrev}\n'])
    const statuses = listed.stdout.toString().split('\n')
    const installed = statuses.filter((status) => status[1] === 'i')
    const { packages } = seen.readings
    expect(packages.state === 'read' && packages.facts.list.length).toBe(installed.length)
  })

  test('tells no password hash, no name of a person and no id of its own', () => {
    const text = new TextDecoder().decode(seen.raw)
    const names = linesOf('/etc/passwd').map((line) => line.split(':')[4] ?? '')
    const hashes = root ? linesOf('/etc/shadow').map((line) => line.split(':')[1] ?? '') : []
    const secrets = [
      ...names.filter((name) => /\w+ \w+/.test(name)).map((name) => `:${name}:`),
      ...hashes.filter((hash) => hash.length > 12),
      ...(existsSync('/etc/machine-id') ? linesOf('/etc/machine-id') : []),
    ]
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  test('is the same machine the next time', async () => {
    const next = await look()
    expect(next.host).toBe(seen.host)
    expect(next.readings.packages).toEqual(seen.readings.packages)
    expect(next.readings.accounts).toEqual(seen.readings.accounts)
  })

  // Simulating updates takes long and has nothing to do with the shell.
  const quick = script.replace(/^ +take updates updates$/m, '')
  const run = (shell: string, args: readonly string[], input: string) =>
    spawnSync(shell, args, { input, maxBuffer: 16 * 1024 * 1024 })
  const ends = (output: string) => output.match(/ end [a-z0-9-]+ [0-9]+$/gm)

  test.each([
    ['dash', '-s'],
    ['bash', '--posix', '-s'],
    ['busybox', 'sh', '-s'],
  ])('tells the same in every shell that is there: %s', (shell, ...args) => {
    if (spawnSync('sh', ['-c', `command -v ${shell}`]).status !== 0) return
    const [one, usual] = [run(shell, args, quick), run('sh', ['-s'], quick)]
    expect(one.stderr.toString()).toBe('')
    expect(ends(one.stdout.toString())).toEqual(ends(usual.stdout.toString()))
    expect(one.stdout.toString().trimEnd().endsWith(`${boundary} done`)).toBe(true)
  })

  const readOnly =
    'mount -t tmpfs tmpfs /tmp && mount -o remount,bind,ro / && ! touch /x 2>/dev/null'
  const canMount = spawnSync('unshare', ['--mount', 'sh', '-c', readOnly]).status === 0

  test.skipIf(!canMount)(
    'is changed by nothing: the probe works where nothing can be written',
    () => {
      const command = `${readOnly}; sh -s; ls -A /tmp`
      const done = run('unshare', ['--mount', 'sh', '-c', command], script)
      const output = done.stdout.toString()
      expect(done.stderr.toString()).toBe('')
      expect(ends(output)).toContain(' end packages 0')
      // Nothing is left behind in the only place that could be written to either.
      expect(output.trimEnd().endsWith(`${boundary} done`)).toBe(true)
    },
  )

  test('is left alone at once when the program ends', async () => {
    const ending = new AbortController()
    const progress = ({ done }: { readonly done: number }) => {
      if (done > 3) ending.abort(new Error('ending'))
    }
    const watch = { now: () => new Date(), progress, signal: ending.signal }
    const before = Date.now()
    await expect(thisHost().observe({ kind: 'local' }, watch)).rejects.toThrow('ending')
    expect(Date.now() - before).toBeLessThan(5_000)
  })

  test('runs nothing of a probe that arrived in part', () => {
    for (const part of [0.2, 0.5, 0.9]) {
      const cut = script.slice(0, Math.floor(script.length * part))
      const run = spawnSync('sh', ['-s'], { input: cut })
      expect(run.stdout.toString()).toBe('')
    }
  })
})

test('the probe only reads: none of its commands writes, sends or installs', () => {
  const code = probe.replace(/^\s*#.*$/gm, '')
  const writers =
    /(^|[\s;|&(])(rm|mv|cp|tee|dd|mkdir|touch|chmod|chown|ln|mktemp|kill|curl|wget|nc|apt|install|systemctl|service|mount -|sudo|su|sed -i|modprobe)\s/m
  expect(code).not.toMatch(writers)
  const redirects = [...code.matchAll(/(?<![0-9&])>{1,2}\s*([^\s;|&)]+)/g)].map((found) => found[1])
  expect(redirects.filter((target) => target !== '/dev/null')).toEqual([])
})
