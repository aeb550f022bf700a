import { createTransport } from 'nodemailer'
import { DeliveryFault, type Transport } from './outbox.ts'

const timeoutMs = 10_000

/**
 * A mail server by its address, `smtp://` or `smtps://`. Beyond this machine the connection is
 * encrypted, whatever the server offers; nothing in a mail reads a file or an address from here.
 */
export function smtpTransport(url: string, from: string): Transport {
  const { hostname, protocol } = new URL(url)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const transport = createTransport({
    url,
    requireTLS: protocol === 'smtp:' && !isHere,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs * 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ to, subject, text }) => {
    try {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text })
    } catch (error) {
      throw faultOf(error)
    }
  }
}

/** Codes only: what servers say can hold addresses. */
function faultOf(error: unknown): DeliveryFault {
  const code = String(Reflect.get(Object(error), 'code') ?? 'unknown').replaceAll(/[^A-Z]/g, '')
  const answer = Number(Reflect.get(Object(error), 'responseCode'))
  const isFinal = code === 'EENVELOPE' && answer >= 500 && answer < 600
  return new DeliveryFault(Number.isInteger(answer) ? `${code} ${answer}` : code, isFinal)
}
