import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import type { Command } from 'commander'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { serveLedger } from '../../src/app/ledger/serve.ts'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { generateKey, parseSigningKey } from '../../src/ledger/keys.ts'
import { flipBit, folderLedger, numberedEntries } from '../../src/ledger/testing.ts'
import { folderReader } from '../../src/ledger/tile-reader.ts'
import { formatAddCheckpoint, monitoringPath } from '../../src/ledger/witness.ts'
import { createProgram } from '../../src/main/program.ts'
import { temporaryFolder } from './test-ledger.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const { skey, vkey } = generateKey('example.com/log', 'ed25519')
const key = parseSigningKey(skey)

type Run = { status: number | null; out: string; err: string }

/** The command in this process: a program for every question would take its time to start. */
async function run(...args: string[]): Promise<Run> {
  const said = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    said.out += String(part)
    return true
  })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    said.err += String(part)
    return true
  })
  const before = process.exitCode
  process.exitCode = 0
  try {
    await throwing(createProgram()).parseAsync(args, { from: 'user' })
    return { status: Number.parseInt(`${process.exitCode}`, 10), ...said }
  } catch (error) {
    if (error instanceof CommanderError) return { status: error.exitCode, ...said }
    throw error
  } finally {
    process.exitCode = before
    out.mockRestore()
    err.mockRestore()
  }
}

/** What would end the process is thrown instead. */
function throwing(command: Command): Command {
  command.commands.forEach(throwing)
  return command.exitOverride()
}

async function ledger(size = 700): Promise<string> {
  const { folder } = await folderLedger(numberedEntries(size), key)
  const own = temporaryFolder()
  cpSync(folder, own, { recursive: true })
  return own
}
const edit = (path: string, change: (bytes: Buffer) => Uint8Array) =>
  writeFileSync(path, change(readFileSync(path)))

describe('arinomama ledger verify', () => {
  test('exits with 0 for a ledger that is as signed, and says how large it is', async () => {
    const { status, out } = await run('ledger', 'verify', await ledger(), '--vkey', vkey)
    expect([status, out]).toEqual([0, expect.stringContaining('700 entries')])
  })

  test('exits with 1 and names every entry and file that is not', async () => {
    const folder = await ledger()
    edit(join(folder, 'tile/entries/001'), (bytes) => flipBit(bytes, 8 * 95))
    edit(join(folder, 'tile/0/000'), (bytes) => flipBit(bytes, 3))
    const { status, out } = await run('ledger', 'verify', folder, '--vkey', vkey)
    expect(status).toBe(1)
    expect(out).toContain('2 findings')
    expect(out).toContain('tile-damaged  tile/0/000')
    expect(out).toMatch(/entry-damaged {2}entry 26\d/)
    const json = await run('ledger', 'verify', folder, '--vkey', vkey, '--json')
    expect([json.status, json.err]).toEqual([1, ''])
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, size: 700, findings: [{}, {}] })
  })

  test('holds it against the policy and against earlier checkpoints', async () => {
    const folder = await ledger()
    const other = temporaryFolder()
    const witness = generateKey('witness.example/w1', 'cosignature').vkey
    const policy = join(other, 'policy')
    writeFileSync(policy, `log ${vkey}\nwitness w1 ${witness}\nquorum w1\n`)
    const unmet = await run('ledger', 'verify', folder, '--policy', policy)
    expect([unmet.status, unmet.out]).toEqual([1, expect.stringContaining('policy-unmet')])
    const forked = await folderLedger(numberedEntries(801).slice(1), key)
    const earlier = join(other, 'earlier')
    copyFileSync(join(forked.folder, 'checkpoint'), earlier)
    const shrunk = await run('ledger', 'verify', folder, '--vkey', vkey, '--extends', earlier)
    expect([shrunk.status, shrunk.out]).toEqual([1, expect.stringContaining('ledger-shrunk')])
  })

  test('exits with 2 when it is used wrongly, 1 without a checkpoint', async () => {
    const folder = await ledger()
    expect(await run('ledger', 'verify', folder)).toMatchObject({
      status: 2,
      err: expect.stringContaining('--vkey'),
    })
    expect((await run('ledger', 'verify', folder, '--vkey', 'nonsense')).status).toBe(2)
    expect((await run('ledger', 'verify', folder, '--policy', join(folder, 'none'))).status).toBe(2)
    expect(await run('ledger', 'verify', temporaryFolder(), '--vkey', vkey)).toMatchObject({
      status: 1,
      out: expect.stringContaining('resource-missing  checkpoint'),
    })
  })

  test('verifies over HTTP what the server serves, and exits with 3 when nobody answers', async () => {
    const folder = await ledger()
    const paths: string[] = []
    const server = createServer((request, response) => {
      void serveLedger(folderReader(folder), {
        method: request.method ?? '',
        path: (request.url ?? '').slice('/ledger/'.length),
        acceptEncoding: request.headers['accept-encoding'] ?? '',
      }).then(({ status, headers, body }) => {
        paths.push(`${status} ${headers['content-encoding'] ?? 'identity'} ${request.url}`)
        response.writeHead(status, headers).end(body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/ledger`
    const { status, out } = await run('ledger', 'verify', url, '--vkey', vkey)
    expect([status, out]).toEqual([0, expect.stringContaining('700 entries')])
    expect(paths).toContain('200 gzip /ledger/tile/entries/000')
    server.closeAllConnections()
    server.close()
    expect((await run('ledger', 'verify', url, '--vkey', vkey)).status).toBe(3)
  }, 60_000)
})

describe('arinomama ledger prove and check', () => {
  test('an entry is proven into two files and checked with nothing else', async () => {
    const folder = await ledger()
    const out = join(temporaryFolder(), 'proofs')
    const made = await run(
      'ledger',
      'prove',
      '300',
      '--source',
      folder,
      '--vkey',
      vkey,
      '--out',
      out,
    )
    expect(made.status).toBe(0)
    expect(readFileSync(join(out, 'entry-300.json'), 'utf8')).toBe('entry 300')
    const proof = join(out, 'entry-300.tlog-proof')
    const checked = await run('ledger', 'check', proof, '--vkey', vkey, '--json')
    expect(JSON.parse(checked.out)).toMatchObject({
      ok: true,
      index: 300,
      size: 700,
      keyGiven: true,
    })
    const brought = await run('ledger', 'check', proof)
    expect([brought.status, brought.out]).toEqual([0, expect.stringContaining(vkey)])
    expect(brought.out).toContain('Compare it')
  })

  test('a changed entry, proof or key is refused with 1, a missing file with 2', async () => {
    const folder = await ledger()
    const out = temporaryFolder()
    await run('ledger', 'prove', '7', '--source', folder, '--vkey', vkey, '--out', out)
    const [proof, entry] = [join(out, 'entry-7.tlog-proof'), join(out, 'entry-7.json')]
    const check = (...more: string[]) => run('ledger', 'check', proof, '--vkey', vkey, ...more)
    expect((await check()).status).toBe(0)
    writeFileSync(entry, 'entry 8')
    expect(await check()).toMatchObject({
      status: 1,
      out: expect.stringContaining('inclusion-proof-invalid'),
    })
    writeFileSync(entry, 'entry 7')
    const stranger = generateKey('example.com/log', 'ed25519').vkey
    expect(await run('ledger', 'check', proof, '--vkey', stranger)).toMatchObject({
      status: 1,
      out: expect.stringContaining('note-unverified'),
    })
    edit(proof, (bytes) => bytes.subarray(0, -1))
    expect(await check()).toMatchObject({ status: 1, out: expect.stringContaining('malformed') })
    expect((await check('--entry', join(out, 'none'))).status).toBe(2)
    expect((await run('ledger', 'check', join(out, 'none'))).status).toBe(2)
  })

  test('an entry that is not published, and what is no number, are refused with 2', async () => {
    const folder = await ledger()
    for (const entry of ['700', '-1', '007', 'x', '1e3']) {
      const args = ['--source', folder, '--vkey', vkey, '--', entry]
      expect((await run('ledger', 'prove', ...args)).status).toBe(2)
    }
  })
})

describe('arinomama witness', () => {
  async function start(folder: string, ...more: string[]) {
    const args = [main, 'witness', '--folder', folder, '--port', '0', '--log', vkey, ...more]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const said = await new Promise<string>((resolve) => {
      let text = ''
      const on = (part: unknown) => {
        text += String(part)
        if (text.includes('\n')) resolve(text)
      }
      child.stdout.on('data', on)
      child.stderr.on('data', on)
    })
    return { child, said, url: /http:\S+/.exec(said)?.[0] ?? '' }
  }
  const ended = async (child: ChildProcess) =>
    await new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ask = async (url: string, body: Uint8Array | string) => {
    const bytes = typeof body === 'string' ? body : new Uint8Array(body)
    const response = await fetch(new URL('add-checkpoint', url), { method: 'POST', body: bytes })
    return `${response.status} ${(await response.text()).slice(0, 21)}`
  }
  const request = (oldSize: number, size: number, root = Buffer.alloc(32, size)) =>
    formatAddCheckpoint({ oldSize, proof: [], checkpoint: signCheckpoint({ size, root }, key) })

  test('keeps its key and what it cosigned over restarts, even after kill -9', async () => {
    const folder = temporaryFolder()
    const first = await start(folder, '--name', 'witness.example/w1')
    expect(first.said).toMatch(/^witness witness\.example\/w1\+[0-9a-f]{8}\+B/)
    expect(statSync(join(folder, 'witness.key')).mode & 0o777).toBe(0o600)
    expect(await ask(first.url, request(0, 5))).toBe('200 — witness.example/w1 ')
    first.child.kill('SIGKILL')
    await ended(first.child)
    const again = await start(folder)
    expect(again.said.split(' ')[1]).toBe(first.said.split(' ')[1])
    expect(await ask(again.url, request(0, 5))).toBe('409 5\n')
    expect(await ask(again.url, request(5, 5))).toBe('200 — witness.example/w1 ')
    again.child.kill('SIGTERM')
    expect(await ended(again.child)).toBe(0)
  })

  test('answers every status of the specification over HTTP', async () => {
    const { url, child } = await start(temporaryFolder(), '--name', 'w')
    const other = parseSigningKey(generateKey('example.com/other', 'ed25519').skey)
    const namesake = parseSigningKey(generateKey('example.com/log', 'ed25519').skey)
    const root = Buffer.alloc(32, 1)
    const by = (signer: typeof key) =>
      formatAddCheckpoint({
        oldSize: 0,
        proof: [],
        checkpoint: signCheckpoint({ size: 1, root }, signer),
      })
    expect(await ask(url, by(other))).toMatch(/^404 /)
    expect(await ask(url, by(namesake))).toMatch(/^403 /)
    expect(await ask(url, 'nonsense')).toMatch(/^400 /)
    expect(await ask(url, request(2, 1))).toMatch(/^400 /)
    expect(await ask(url, request(0, 1, root))).toMatch(/^200 /)
    expect(await ask(url, request(1, 1, Buffer.alloc(32, 9)))).toMatch(/^422 /)
    expect(await ask(url, request(1, 3))).toMatch(/^422 /)
    expect(await ask(url, request(0, 3))).toBe('409 1\n')
    expect(await ask(url, Buffer.alloc(2_000_000))).toMatch(/^413 /)
    const conflict = await fetch(new URL('add-checkpoint', url), {
      method: 'POST',
      body: new Uint8Array(request(0, 3)),
    })
    expect(conflict.headers.get('content-type')).toBe('text/x.tlog.size')
    expect((await fetch(new URL('add-checkpoint', url))).status).toBe(405)
    expect((await fetch(new URL('nothing', url))).status).toBe(404)
    expect(await (await fetch(url)).text()).toContain(vkey)
    child.kill('SIGTERM')
    await ended(child)
  })

  test('of many requests at once for one size exactly one is answered by an advance', async () => {
    const { url, child } = await start(temporaryFolder(), '--name', 'w')
    const roots = Array.from({ length: 20 }, (_, i) => Buffer.alloc(32, i))
    const answers = await Promise.all(roots.map((root) => ask(url, request(0, 7, root))))
    expect(answers.filter((answer) => answer.startsWith('200'))).toHaveLength(1)
    expect(answers.filter((answer) => answer === '409 7\n')).toHaveLength(19)
    child.kill('SIGTERM')
    await ended(child)
  })

  test('two on one folder, no name at the first start, and no log are refused', async () => {
    const folder = temporaryFolder()
    const first = await start(folder, '--name', 'w')
    const second = await start(folder)
    expect(second.said).toContain('in use by process')
    expect(await ended(second.child)).toBe(3)
    first.child.kill('SIGTERM')
    await ended(first.child)
    const args = ['witness', '--folder', temporaryFolder(), '--port', '0']
    expect(await run(...args, '--log', vkey)).toMatchObject({
      status: 2,
      err: expect.stringContaining('--name'),
    })
    expect((await run(...args, '--log', 'nonsense', '--name', 'w')).status).toBe(2)
    expect((await run(...args, '--name', 'w')).status).not.toBe(0)
  })

  test('what it cannot keep it does not cosign', async () => {
    const folder = temporaryFolder()
    const { url, child } = await start(folder, '--name', 'w')
    expect(await ask(url, request(0, 1))).toMatch(/^200 /)
    const kept = join(folder, monitoringPath('example.com/log'))
    expect(existsSync(kept)).toBe(true)
    // A folder where the temporary file should be: nothing can be written any more.
    mkdirSync(`${kept}.tmp`)
    expect(await ask(url, request(1, 1))).toMatch(/^500 /)
    child.kill('SIGTERM')
    await ended(child)
  })
})
