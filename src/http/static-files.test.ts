import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStaticFiles } from './static-files.ts'

const outside = mkdtempSync(join(tmpdir(), 'arinomama-web-'))
const folder = join(outside, 'web')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(join(outside, 'secret.txt'), 'secret')
writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
writeFileSync(join(folder, 'assets/app-1a2b.js'), 'plain')
writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'brotli')
writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), 'gzip')
afterAll(() => {
  rmSync(outside, { recursive: true, force: true })
})
const files = await openStaticFiles(folder)
const textOf = (file: { bytes: Uint8Array } | null) => file && Buffer.from(file.bytes).toString()

test('a file is sent in the best form that the client takes', async () => {
  const ask = async (encodings: string) => {
    const file = await files.file('/assets/app-1a2b.js', encodings)
    return [textOf(file), file?.headers['content-encoding']]
  }
  expect(await ask('gzip, deflate, br')).toEqual(['brotli', 'br'])
  expect(await ask('gzip')).toEqual(['gzip', 'gzip'])
  expect(await ask('')).toEqual(['plain', undefined])
})

test('what has a hash in its name is kept for ever, and is JavaScript', async () => {
  const file = await files.file('/assets/app-1a2b.js', '')
  expect(file?.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets',
  '/',
  '/index.html',
  '/assets/app-1a2b.js.br',
  '//etc/passwd',
])('%s leads to no file', async (path) => {
  expect(await files.file(path, 'br')).toBeNull()
})

test('the page carries the nonce of this very answer', async () => {
  expect(await files.page('abc')).toBe('<meta name="csp-nonce" content="abc">')
})
