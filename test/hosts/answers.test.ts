import { expect, test } from 'vitest'
import { z, ZodType } from 'zod'
import {
  admin,
  failure,
  goodFacts,
  hostA,
  openTestDevices,
  readingsOf,
  scripted,
  sighting,
} from '../../src/app/devices/testing.ts'
import { deviceRoutes } from '../../src/contract/devices.ts'
import { devicesRefusals } from '../../src/domain/devices/refusals.ts'
import { deviceHandlers } from '../../src/http/devices.ts'
import type { Caller } from '../../src/http/handler.ts'

const at = '2026-04-01T00:00:00.000Z'
const caller: Caller = {
  person: admin,
  role: 'administrator',
  via: 'session',
  session: 's',
  csrfToken: null,
  address: '127.0.0.1',
}
type Given = { readonly params?: object; readonly query?: object; readonly body?: object }

async function opened() {
  const facts = goodFacts(at)
  const odd = {
    ...readingsOf({
      ...facts,
      ssh: { ...facts.ssh, matches: [{ match: 'User x', keyword: 'usepam', value: 'no' }] },
      sockets: {
        list: [{ protocol: 'tcp', address: '[::]', port: 22, process: null, open: true }],
      },
      updates: {
        ...facts.updates,
        pending: [
          {
            package: 'a',
            installed: '1',
            candidate: '2',
            security: null,
            since: null,
            sinceKnown: false,
          },
        ],
      },
      sudo: {
        installed: true,
        rules: [
          {
            principal: 'a',
            runAs: 'root',
            commands: 'ALL',
            withoutPassword: true,
            file: '/etc/sudoers',
          },
        ],
      },
    }),
    disks: {
      state: 'unreadable' as const,
      gaps: [{ what: 'disks', reason: 'inside-container' as const, detail: '' }],
    },
  }
  const { connector } = scripted(sighting(at, odd), failure(at))
  const test = await openTestDevices(connector)
  const handlers = deviceHandlers(test.devices)
  /** Asks and answers as the server does: both must have the form that the contract promises. */
  const ask = async (id: string, given: Given = {}): Promise<unknown> => {
    const handler = handlers.find(({ route }) => route.id === id)
    if (handler === undefined) throw new Error(`nobody answers ${id}`)
    const { route } = handler
    const input = {
      params: route.params?.parse(given.params),
      query: route.query?.parse(given.query ?? {}),
      body: route.body instanceof ZodType ? route.body.parse(given.body) : undefined,
    }
    // The types of single routes are gone here; the contract's schemas are what is tested.
    const answer = await handler.run(input, caller)
    if (typeof answer === 'object' && answer !== null && 'refused' in answer) return answer
    return route.response instanceof ZodType ? route.response.parse(answer) : answer
  }
  const source = await test.devices.addSource(
    { name: 'db1', target: { kind: 'local' }, everyHours: 24 },
    admin,
  )
  if ('refused' in source) throw new Error(source.refused)
  return { ...test, ask, source: source.id }
}

test('every route of machines is answered, in the form that its contract promises', async () => {
  const { ask, devices, source } = await opened()
  const params = { source, host: hostA }
  const started = await ask('observe', { params })
  await devices.idle()
  await ask('getRun', { params: { run: z.object({ run: z.string() }).parse(started).run } })
  await ask('observe', { params })
  await devices.idle()
  await ask('declarePort', {
    params,
    body: { protocol: 'tcp', port: 22, allowed: true, reason: 'x' },
  })
  await ask('assignAccount', { params, body: { account: 'root', person: null, reason: 'x' } })
  for (const query of [{}, { asOf: '2026-04-01' }]) {
    for (const id of ['listSources', 'listObservations', 'listHosts', 'getHost']) {
      expect([id, await ask(id, { params, query })]).not.toMatchObject([
        id,
        { refused: expect.anything() },
      ])
    }
  }
  await ask('addSource', { body: { name: 'x', target: { kind: 'local' }, everyHours: 1 } })
  await ask('readHostKeys', { body: { host: 'nobody.invalid', port: 22 } })
  await ask('removeSource', { params, body: { reason: 'x' } })
  const [row] = z.array(z.looseObject({})).parse(await ask('listSources'))
  expect(row).toMatchObject({ state: 'removed', removal: { reason: 'x' }, nextAt: null })
  expect(
    deviceHandlers(devices)
      .map(({ route }) => route.id)
      .sort(),
  ).toEqual(deviceRoutes.map(({ id }) => id).sort())
})

test('the answer of the machine can be read again, byte for byte', async () => {
  const { ask, devices, source } = await opened()
  await devices.observe(source, admin)
  await devices.idle()
  await devices.observe(source, admin)
  await devices.idle()
  const history = await devices.observations(source)
  if ('refused' in history) throw new Error(history.refused)
  const [failed, observed] = history
  const answer = await ask('downloadObservation', { params: { source, seq: observed?.seq } })
  expect(answer).toMatchObject({
    mediaType: 'application/octet-stream',
    fileName: `observation-${observed?.seq}.txt`,
  })
  expect(
    Buffer.from(z.object({ bytes: z.instanceof(Uint8Array) }).parse(answer).bytes).toString(),
  ).toBe(`raw output of ${hostA} at ${at}`)
  expect(await ask('downloadObservation', { params: { source, seq: failed?.seq } })).toMatchObject({
    refused: 'answer-unknown',
  })
  expect(await ask('downloadObservation', { params: { source, seq: 0 } })).toMatchObject({
    refused: 'observation-unknown',
  })
})

test('what does not exist is refused with words in both languages', async () => {
  const { ask } = await opened()
  const params = {
    source: `src_${'z'.repeat(26)}`,
    host: 'f'.repeat(32),
    run: `run_${'z'.repeat(26)}`,
  }
  const refusals = [
    await ask('observe', { params }),
    await ask('listObservations', { params }),
    await ask('removeSource', { params, body: { reason: 'x' } }),
    await ask('getHost', { params }),
    await ask('getRun', { params }),
    await ask('declarePort', {
      params,
      body: { protocol: 'tcp', port: 1, allowed: true, reason: 'x' },
    }),
    await ask('assignAccount', { params, body: { account: 'x', person: null, reason: 'x' } }),
  ]
  const codes = refusals.map((refusal) => z.object({ refused: z.string() }).parse(refusal).refused)
  expect(codes).toEqual([
    'source-unknown',
    'source-unknown',
    'source-unknown',
    'host-unknown',
    'run-unknown',
    'host-unknown',
    'host-account-unknown',
  ])
  for (const code of codes) expect(Object.keys(devicesRefusals)).toContain(code)
})
