import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { route, type Route } from '../contract/route.ts'
import { handler, type Handler } from './handler.ts'
import { buildServer, type Fault } from './server.ts'

const get = route({
  id: 'getThing',
  method: 'get',
  path: '/api/things/{thing}',
  permission: 'public',
  summary: 'A thing',
  params: z.object({ thing: z.string().max(20) }),
  response: z.object({ name: z.string() }),
})
const file = route({
  id: 'getFile',
  method: 'get',
  path: '/api/file',
  permission: 'public',
  summary: 'A file',
  response: 'bytes',
})

function build(routes: readonly Route[], handlers: readonly Handler[]) {
  const faults: Fault[] = []
  const app = buildServer({
    site: { origin: 'http://localhost:1', hosts: [], proxies: 0 },
    routes,
    handlers,
    mounts: [],
    texts: { 'thing-worn-out': { ja: '古くなっています。', en: 'It is worn out.' } },
    gate: { bySession: () => Promise.resolve(null), byToken: () => Promise.resolve(null) },
    web: null,
    onFault: (fault) => faults.push(fault),
  })
  const ask = (path: string) =>
    app.request(`http://localhost:1${path}`, { headers: { host: 'localhost:1' } })
  return { ask, faults }
}

const named = (name: string) => handler(get, () => Promise.resolve({ name }))

describe('a server', () => {
  test('does not start with a route that nobody answers, or that two answer, or that is none', () => {
    expect(() => build([get, file], [named('a')])).toThrow('getFile has no handler')
    expect(() => build([get], [named('a'), named('b')])).toThrow('getThing is handled twice')
    expect(() => build([], [named('a')])).toThrow('getThing is not in the contract')
  })

  test('sends what the contract says and nothing besides', async () => {
    const more = { name: 'a', secret: 'hidden' }
    const { ask } = build([get], [handler(get, () => Promise.resolve(more))])
    expect(await (await ask('/api/things/x')).json()).toEqual({ name: 'a' })
  })

  test('tells a person no more of a bug than a number, and the operator all of it', async () => {
    const broken = handler(get, () => Promise.reject(new Error('password is hunter2')))
    const { ask, faults } = build([get], [broken])
    const answer = await ask('/api/things/x')
    const said = await answer.text()
    expect(answer.status).toBe(500)
    expect(said).not.toContain('hunter2')
    expect(faults).toHaveLength(1)
    expect(said).toContain(faults[0]?.id ?? 'no number')
    expect(faults[0]?.what).toBe('GET /api/things/:thing')
  })

  test('treats an answer that breaks the contract as a bug', async () => {
    const wrong = { route: get, run: () => Promise.resolve({ name: 1 }) }
    const { ask, faults } = build([get], [wrong])
    expect((await ask('/api/things/x')).status).toBe(500)
    expect(String(faults[0]?.error)).toContain('getThing answered what its contract does not say')
  })

  test('words a refusal from the table of its room, with what it is about', async () => {
    const refused = handler(get, () =>
      Promise.resolve({ refused: 'thing-worn-out', about: 'thing' }),
    )
    const { ask } = build([get], [refused])
    const answer = await ask('/api/things/x')
    expect([answer.status, await answer.json()]).toEqual([
      409,
      {
        code: 'thing-worn-out',
        message: { ja: '古くなっています。', en: 'It is worn out.' },
        about: 'thing',
      },
    ])
  })

  test('says 503 when it is the server that cannot, and when to try again', async () => {
    const away = Object.assign(new Error('gone'), { code: 'database-unreachable' })
    const { ask } = build([get], [handler(get, () => Promise.reject(away))])
    const answer = await ask('/api/things/x')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    const stopped = handler(get, () => Promise.resolve({ refused: 'ledger-stopped' }))
    expect((await build([get], [stopped]).ask('/api/things/x')).status).toBe(503)
  })

  test.each(['/api/things/%E0%A4%A', '/api/things/%ff', `/api/things/${'x'.repeat(21)}`])(
    'stays up whatever is in an address: %s',
    async (path) => {
      const { ask, faults } = build([get], [named('a')])
      expect((await ask(path)).status).toBeLessThan(500)
      expect((await ask('/api/things/x')).status).toBe(200)
      expect(faults).toEqual([])
    },
  )

  test('sends a file as an attachment that nothing runs', async () => {
    const download = {
      bytes: new Uint8Array([60, 115]),
      mediaType: 'text/html',
      fileName: 'x.html',
    }
    const { ask } = build([file], [handler(file, () => Promise.resolve(download))])
    const { headers } = await ask('/api/file')
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})
