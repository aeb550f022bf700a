import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { EMPTY_ROOT } from './merkle.ts'
import { openTree } from './integrate.ts'
import { folderReader, readBundle, readTile, urlReader } from './tile-reader.ts'
import { laterRefusalOf, memoryFiles, numberedEntries } from './testing.ts'

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo
  return urlReader(`http://127.0.0.1:${port}/log`)
}

describe('a ledger over HTTP', () => {
  test('is read below its prefix, gzip-encoded or not', async () => {
    const asked: string[] = []
    const read = await serve((request, response) => {
      asked.push(request.url ?? '')
      const body = Buffer.alloc(32, 7)
      if (asked.length === 1) response.end(body)
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
    })
    expect(Buffer.from(await read('tile/0/000.p/1'))).toEqual(Buffer.alloc(32, 7))
    expect(Buffer.from(await read('tile/0/000.p/1'))).toEqual(Buffer.alloc(32, 7))
    expect(asked).toEqual(['/log/tile/0/000.p/1', '/log/tile/0/000.p/1'])
  })

  test.each([
    [404, 'resource-missing', 1],
    [410, 'resource-missing', 1],
    [403, 'resource-refused', 1],
    [500, 'resource-unreachable', 3],
    [429, 'resource-unreachable', 3],
  ])('an answer of %d is %s, after %d tries', async (status, code, tries) => {
    let asked = 0
    const read = await serve((_, response) => {
      asked++
      response.writeHead(status).end()
    })
    expect(await laterRefusalOf(read('checkpoint'))).toBe(code)
    expect(asked).toBe(tries)
  })

  test('a passing failure is tried again', async () => {
    let asked = 0
    const read = await serve((_, response) => {
      asked++
      response.writeHead(asked < 3 ? 503 : 200).end('note')
    })
    expect(Buffer.from(await read('checkpoint')).toString()).toBe('note')
  })

  test('a server that asks for patience gets it', async () => {
    let asked = 0
    const read = await serve((_, response) => {
      asked++
      if (asked < 7) response.writeHead(429, { 'retry-after': '0' }).end()
      else response.end('note')
    })
    expect(Buffer.from(await read('checkpoint')).toString()).toBe('note')
  })

  test('a body that is too large is not read to its end, compressed or not', async () => {
    const body = Buffer.alloc(8_193)
    const read = await serve((request, response) => {
      const isZipped = request.url?.endsWith('1') === true
      if (isZipped) response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
      else response.end(body)
    })
    expect(await laterRefusalOf(read('tile/0/000'))).toBe('resource-too-large')
    expect(await laterRefusalOf(read('tile/0/001'))).toBe('resource-too-large')
  })

  test('nobody there is unreachable', async () => {
    const read = urlReader('http://127.0.0.1:9/')
    expect(await laterRefusalOf(read('checkpoint'))).toBe('resource-unreachable')
  })
})

describe('a ledger in a folder', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'arinomama-ledger-'))
    onTestFinished(() => rmSync(made, { recursive: true }))
    return made
  }

  test('is read by the paths of the specification and no others', async () => {
    const at = folder()
    writeFileSync(join(at, 'secret'), 'secret')
    const read = folderReader(join(at, 'log'))
    for (const path of ['../secret', 'tile/0/../../secret', '/etc/passwd', 'secret']) {
      expect(await laterRefusalOf(read(path))).toBe('tile-path-malformed')
    }
    expect(await laterRefusalOf(read('checkpoint'))).toBe('resource-missing')
  })

  test('a file that is too large, or a folder in its place, is no answer', async () => {
    const at = folder()
    writeFileSync(join(at, 'checkpoint'), Buffer.alloc(1_048_577))
    expect(await laterRefusalOf(folderReader(at)('checkpoint'))).toBe('resource-too-large')
    mkdirSync(join(at, 'tile/0/000'), { recursive: true })
    const error = await laterRefusalOf(folderReader(at)('tile/0/000'))
    expect(error).toMatchObject({ code: 'EISDIR' })
  })
})

describe('a partial tile or bundle that was deleted', () => {
  test('is the beginning of the full one', async () => {
    const files = memoryFiles()
    const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: files.read })
    files.write(tree.append(numberedEntries(200)).files)
    const tile = await readTile(files.read, 200, 0, 0)
    const bundle = await readBundle(files.read, 200, 0)
    files.write(tree.append(numberedEntries(100)).files)
    files.remove('tile/0/000.p/200')
    files.remove('tile/entries/000.p/200')
    expect(Buffer.from(await readTile(files.read, 200, 0, 0))).toEqual(Buffer.from(tile))
    expect((await readBundle(files.read, 200, 0)).leaves).toEqual(bundle.leaves)
    files.remove('tile/0/000')
    expect(await laterRefusalOf(readTile(files.read, 200, 0, 0))).toBe('resource-missing')
  })
})
