import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { webhookAlarm } from './webhook.ts'

async function hook(answer: { readonly status: number; readonly location?: string }) {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString()
    })
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(answer.status, answer.location === undefined ? {} : answer)
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const port = Number(Reflect.get(Object(server.address()), 'port'))
  return { bodies, url: `http://127.0.0.1:${port}/secret` }
}

test('an alarm is told as Slack and most others take it, and never longer than its limit', async () => {
  const { bodies, url } = await hook({ status: 200 })
  await webhookAlarm(url).tell('x'.repeat(2_000))
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ text: 'x'.repeat(500) })
})

test('no redirect is followed, and no error names the address, which may be a secret', async () => {
  const away = await hook({ status: 302, location: 'http://127.0.0.1:1/' })
  for (const url of [away.url, 'http://127.0.0.1:1/secret']) {
    const error: unknown = await webhookAlarm(url)
      .tell('x')
      .catch((caught: unknown) => caught)
    expect(String(error)).toContain('webhook')
    expect(String(error)).not.toContain('secret')
  }
})

test('a flood of alarms is held at a few in a minute', async () => {
  const { bodies, url } = await hook({ status: 200 })
  const alarm = webhookAlarm(url)
  const told = await Promise.allSettled(Array.from({ length: 50 }, () => alarm.tell('x')))
  const failed = told.filter(({ status }) => status === 'rejected').length
  expect(bodies.length).toBe(50 - failed)
  // At the turn of a minute the count begins anew.
  expect(bodies.length).toBeLessThanOrEqual(40)
})
