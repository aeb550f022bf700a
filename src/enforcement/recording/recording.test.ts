import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createOutputText } from './output-text.ts'
import { RecordingError } from './block-file.ts'
import { startRecording, type Recorder } from './recorder.ts'
import { recoverRecordings } from './recover.ts'
import { createTypedText } from './typed-text.ts'
import { verifyRecording } from './verify.ts'

const root = mkdtempSync(join(tmpdir(), 'arinomama-recording-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let made = 0
function begin(bytesMax = 1_000_000_000): { path: string; recorder: Recorder; folder: string } {
  made += 1
  const folder = mkdtempSync(join(root, `${made}-`))
  const path = join(folder, 'ses.cast')
  let now = 0
  const header = { cols: 80, rows: 24, startedMs: 1_780_000_000_000, title: 'CHG-1', about: {} }
  const nowMs = () => (now += 125)
  const recorder = startRecording({ path, header, nowMs, bytesMax, onFailure: () => undefined })
  return { path, recorder, folder }
}

/** The bytes of the output, read back out of a recording. */
function outputOf(path: string): Buffer {
  const parts: Buffer[] = []
  let exact: Buffer | undefined
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('# bytes ')) exact = Buffer.from(line.slice(8), 'base64')
    if (!line.startsWith('[')) continue
    const event: unknown = JSON.parse(line)
    if (!Array.isArray(event) || event[1] !== 'o') continue
    parts.push(exact ?? Buffer.from(String(event[2])))
    exact = undefined
  }
  return Buffer.concat(parts)
}

describe('a recording', () => {
  test('is an asciicast that any player plays, and ends with a link over all of it', async () => {
    const { path, recorder } = begin()
    recorder.output(Buffer.from('こんにちは\r\n'))
    recorder.resize(120, 40)
    recorder.input('ls\r')
    const end = recorder.end('closed', 0)
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const events = lines.filter((line) => !line.startsWith('#')).map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ version: 3, term: { cols: 80, rows: 24 } })
    expect(events.slice(1)).toEqual([
      [0.125, 'o', 'こんにちは\r\n'],
      [0.125, 'r', '120x40'],
      [0.125, 'i', 'ls\r'],
      [0.125, 'x', '0'],
    ])
    expect(await verifyRecording(path)).toEqual({
      state: 'whole',
      reason: 'closed',
      exitStatus: 0,
      ...end,
    })
    expect(recorder.end('limit', null)).toEqual(end)
    expect(() => recorder.output(Buffer.from('x'))).toThrow(RecordingError)
  })

  test('gives every byte back, whatever the bytes and wherever the network cut them', () => {
    const chunks = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 10 }).map((text) => Buffer.from(text)),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 7 }), (given, size) => {
        const all = Buffer.concat(given)
        const { path, recorder } = begin()
        for (let at = 0; at < all.length; at += size) recorder.output(all.subarray(at, at + size))
        recorder.end('closed', null)
        expect(outputOf(path).equals(all)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('names the first broken place when any byte is changed, taken away or added', async () => {
    const { path, recorder } = begin()
    for (let at = 0; at < 40; at++) recorder.output(Buffer.from(`line ${at} of the work\r\n`))
    recorder.end('closed', 0)
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += 37) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(path, changed)
      expect((await verifyRecording(path)).state).not.toBe('whole')
      writeFileSync(path, whole.subarray(0, at))
      expect((await verifyRecording(path)).state).not.toBe('whole')
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('[0,"o","more"]\n')]))
    const line = whole.toString().split('\n').length
    const goesOn = { state: 'broken', fault: 'goes-on-after-its-end', line }
    expect(await verifyRecording(path)).toEqual(goesOn)
  })

  test('says when it is full, and has everything until then', async () => {
    const { path, recorder } = begin(2_000)
    let written = 0
    while (!recorder.isFull()) {
      recorder.output(Buffer.alloc(100, 0x61))
      written += 100
    }
    recorder.end('limit', null)
    expect(outputOf(path).length).toBe(written)
    expect(await verifyRecording(path)).toMatchObject({ state: 'whole', reason: 'limit' })
  })

  test('does not begin where it cannot be written, nor over another one', () => {
    const { path } = begin()
    const header = { cols: 80, rows: 24, startedMs: 0, title: '', about: {} }
    const rest = { header, nowMs: () => 0, bytesMax: 1, onFailure: () => undefined }
    expect(() => startRecording({ path, ...rest })).toThrow(RecordingError)
    expect(() => startRecording({ path: join(root, 'no', 'x.cast'), ...rest })).toThrow(
      RecordingError,
    )
    expect(() => startRecording({ path: '/dev/full', ...rest })).toThrow(RecordingError)
  })
})

describe('a proxy that was killed in a session', () => {
  test('leaves everything that was shown, and the next start closes it as interrupted', async () => {
    const folder = mkdtempSync(join(root, 'killed-'))
    const path = join(folder, 'ses.cast')
    const source = new URL('./recorder.ts', import.meta.url).pathname
    const script = `
      import { startRecording } from ${JSON.stringify(source)}
      const header = { cols: 80, rows: 24, startedMs: 0, title: '', about: {} }
      const options = { path: ${JSON.stringify(path)}, header, bytesMax: 1e9 }
      const r = startRecording({ ...options, nowMs: () => 0, onFailure: () => undefined })
      for (let i = 0; i < 5000; i++) { r.output(Buffer.from('n' + i + '\\r\\n')) }
      process.stdout.write('written')
      setInterval(() => undefined, 1000)
    `
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    appendFileSync(path, '[0.1,"o","torn by a power fail')
    expect((await verifyRecording(path)).state).toBe('open')
    const before = statSync(path).size
    const [recovered] = await recoverRecordings(folder)
    expect(recovered?.check).toMatchObject({ state: 'whole', reason: 'interrupted' })
    expect(statSync(path).size).toBeGreaterThan(before)
    expect(readFileSync(path, 'utf8')).toContain('n4999')
    expect(await recoverRecordings(folder)).toEqual([])
  })
})

describe('what is typed', () => {
  const record = (...steps: readonly (readonly ['typed' | 'answered', string])[]) => {
    const text = createTypedText()
    return steps.map(([step, what]) => text[step](what)).join('') + text.settle()
  }

  test('is recorded as it is shown', () => {
    expect(record(['typed', 'l'], ['answered', 'l'], ['typed', 's'], ['answered', 's'])).toBe('ls')
    expect(record(['typed', 'ls\r'], ['answered', 'ls\r\nfile\r\n'])).toBe('ls\r')
    expect(record(['typed', 'a'], ['answered', '\u001b[1ma\u001b[0m'])).toBe('a')
  })

  test('is masked when it is not shown, as a password is', () => {
    const steps = [
      ['answered', 'Password: '],
      ['typed', 'secret\r'],
      ['answered', '\r\n'],
      ['answered', 'secret service\r\n$ '],
    ] as const
    expect(record(...steps)).toBe('••••••\r')
    expect(record(['typed', 's'], ['typed', 'e'], ['typed', '\r'], ['answered', '\r\n'])).toBe(
      '••\r',
    )
  })

  test('never shows a character that the host has not shown, whatever happens', () => {
    const step = fc.tuple(fc.constantFrom('typed' as const, 'answered' as const), fc.string())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const shown = steps.filter(([kind]) => kind === 'answered').map(([, text]) => text)
        const plain = Array.from(record(...steps)).filter((char) => !/[\p{Cc}•]/u.test(char))
        expect(plain.filter((char) => !shown.join('').includes(char))).toEqual([])
      }),
    )
  })
})

test('a character that the network cut in two is shown as one', () => {
  const text = createOutputText()
  const bytes = Buffer.from('あ')
  expect(text.add(bytes.subarray(0, 2))).toEqual({ shown: '', exact: null })
  expect(text.add(bytes.subarray(2))).toEqual({ shown: 'あ', exact: null })
})
