import { createServer, type Socket } from 'node:net'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../app/testing.ts'
import { openOutbox, type Transport } from './outbox.ts'
import { smtpTransport } from './smtp.ts'

const mail = { to: 'mori@acme.example', subject: '件名', text: 'https://example.com/link/secret' }

async function opened(transport: Transport | null) {
  const connecting = await createTestDatabase()
  const outbox = openOutbox(connecting, transport)
  onTestFinished(() => outbox.close())
  const later = async (minutes: number) => {
    const client = new Client(connecting)
    await client.connect()
    await client.query(
      `update ledger.outbox set next_at = next_at - $1 * interval '1 minute',
                                at = at - $1 * interval '1 minute'`,
      [minutes],
    )
    await client.end()
  }
  return { outbox, later }
}

/** A mail server that answers as it is told. */
async function mailServer(recipient: string) {
  const received: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.write('220 here\r\n')
    let isData = false
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        if (isData) {
          if (line === '.') {
            isData = false
            socket.write('250 taken\r\n')
          } else received.push(line)
        } else if (line.startsWith('DATA')) {
          isData = true
          socket.write('354 go on\r\n')
        } else if (line.startsWith('RCPT')) {
          received.push(line)
          socket.write(`${recipient}\r\n`)
        } else if (line.startsWith('QUIT')) socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const port = Number(Reflect.get(Object(server.address()), 'port'))
  return { received, url: `smtp://127.0.0.1:${port}` }
}

test('without a mail server mail is kept where an administrator finds it', async () => {
  const { outbox } = await opened(null)
  await outbox.send(mail)
  await outbox.deliver()
  expect(outbox.delivery).toBe('outbox')
  expect(await outbox.list()).toMatchObject([{ ...mail, state: 'kept', attempts: 0, fault: null }])
})

test('a mail server takes it, and the link in it is the reader’s alone from then on', async () => {
  const server = await mailServer('250 ok')
  const { outbox } = await opened(smtpTransport(server.url, 'arinomama@example.com'))
  await outbox.send(mail)
  await outbox.deliver()
  expect(await outbox.list()).toMatchObject([{ to: mail.to, state: 'sent', text: null }])
  expect(server.received).toContain('RCPT TO:<mori@acme.example>')
  expect(server.received.join('\n')).toContain('https://example.com/link/secret')
})

test('a mail server that is down delays mail and loses none', async () => {
  const dead = await opened(smtpTransport('smtp://name:secret@127.0.0.1:1', 'a@example.com'))
  await dead.outbox.send(mail)
  await dead.outbox.deliver()
  const [waiting] = await dead.outbox.list()
  expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, text: mail.text })
  expect(waiting?.fault).toMatch(/^[A-Z]+$/)
  // Not before its time, and again when it has come.
  await dead.outbox.deliver()
  expect((await dead.outbox.list())[0]?.attempts).toBe(1)
  await dead.later(2)
  await dead.outbox.deliver()
  expect((await dead.outbox.list())[0]?.attempts).toBe(2)
})

test('an address that does not exist is given up at once, and says so', async () => {
  const server = await mailServer('550 no such user mori@acme.example')
  const { outbox } = await opened(smtpTransport(server.url, 'a@example.com'))
  await outbox.send(mail)
  await outbox.deliver()
  expect(await outbox.list()).toMatchObject([{ state: 'failed', fault: 'EENVELOPE 550' }])
})

test('after 30 days mail is forgotten', async () => {
  const { outbox, later } = await opened(null)
  await outbox.send(mail)
  await later(31 * 24 * 60)
  await outbox.deliver()
  expect(await outbox.list()).toEqual([])
})
