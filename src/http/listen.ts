import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { HttpProblem, httpStatus, problemOf } from './problem.ts'

/** A whole request has to arrive within this; 50 MB at 4 Mbit/s take 100 seconds. */
const requestTimeoutMs = 120_000
const headersTimeoutMs = 15_000
const keepAliveTimeoutMs = 10_000
const headerBytesMax = 16_384
const headersCountMax = 100
const connectionsMax = 2_000
/** When the program ends, requests under way get this long. */
const farewellMs = 5_000

type Fetch = (request: Request, env: object) => Response | Promise<Response>

export type Listening = {
  readonly port: number
  /** From now on this answers; before it everybody hears that the server is starting. */
  readonly serve: (fetch: Fetch) => void
  /** Takes no more requests, lets those under way end, and closes. */
  readonly close: () => Promise<void>
}

/**
 * Takes the port at once, so that a second start is refused before anything is opened.
 *
 * @throws the system's error (`EADDRINUSE`…) when it cannot listen there.
 */
export async function listen(address: string, port: number): Promise<Listening> {
  let answer: Fetch = () => starting()
  const server = createServer(
    { maxHeaderSize: headerBytesMax, requestTimeout: requestTimeoutMs },
    getRequestListener((request, env) => answer(request, env)),
  )
  server.headersTimeout = headersTimeoutMs
  server.keepAliveTimeout = keepAliveTimeoutMs
  server.maxHeadersCount = headersCountMax
  server.maxConnections = connectionsMax
  await bound(server, address, port)
  return {
    port: portOf(server),
    serve(fetch) {
      answer = fetch
    },
    close: () => closed(server),
  }
}

function starting(): Response {
  const problem = new HttpProblem('starting')
  const headers = { 'retry-after': '2', 'cache-control': 'no-store' }
  return Response.json(problemOf(problem), { status: httpStatus.starting, headers })
}

async function bound(server: Server, address: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, address, resolve)
  await promise
  server.off('error', reject)
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => {
    resolve()
  })
  server.closeIdleConnections()
  const timer = setTimeout(() => {
    server.closeAllConnections()
  }, farewellMs)
  await promise
  clearTimeout(timer)
}
