import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clamdScanner } from './virus-scanner.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arinomama-scanner-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

test('a file in which the engine finds something is infected, and one in which it does not is clean', async () => {
  const scan = clamdScanner(await program('finds', 'if grep -q bad; then exit 1; else exit 0; fi'))
  expect(await scan(Buffer.from('something bad'))).toBe('infected')
  expect(await scan(Buffer.from('something good'))).toBe('clean')
})

test('without an engine, or with one that fails, nobody looked: it is never called clean', async () => {
  expect(await clamdScanner(join(folder, 'nothing'))(Buffer.from('x'))).toBe('absent')
  expect(await clamdScanner(await program('fails', 'exit 2'))(Buffer.from('x'))).toBe('absent')
})

test('an engine that stops reading early still has its answer heard', async () => {
  const scan = clamdScanner(await program('early', 'exit 1'))
  expect(await scan(Buffer.alloc(8 * 1024 * 1024))).toBe('infected')
})
