import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { formatVerifierKey } from './keys.ts'
import type { VerifierKey } from './keys.ts'
import { ADD_CHECKPOINT_BYTES_MAX } from './witness.ts'
import type { Witness } from './witness-folder.ts'

const REQUEST_TIMEOUT_MS = 10_000
const DROPPED_BYTES_MAX = 8 * ADD_CHECKPOINT_BYTES_MAX
const TEXT = 'text/plain; charset=utf-8'

/** The witness over HTTP (tlog-witness); submission and monitoring prefix are both `/`. */
export function witnessServer(
  witness: Witness,
  options: {
    readonly key: VerifierKey
    readonly logs: readonly VerifierKey[]
    /** Told of every answer and every failure, for whoever runs it. */
    readonly onAnswer: (line: string) => void
  },
): Server {
  const { key, logs, onAnswer } = options
  const about =
    `witness ${formatVerifierKey(key)}\n` +
    logs.map((log) => `log ${formatVerifierKey(log)}\n`).join('')

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    if (url === '/add-checkpoint') {
      if (method !== 'POST') return send(response, 405, TEXT, 'POST a checkpoint here\n')
      const body = await readBody(request)
      if (body === null) return send(response, 413, TEXT, 'the request is too large\n')
      const { status, contentType, body: answer } = await witness.addCheckpoint(body)
      onAnswer(`${status} ${status === 200 ? originLine(body) : answer.trim()}`)
      return send(response, status, contentType, answer)
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return send(response, 405, TEXT, 'only GET and HEAD\n')
    }
    if (url === '/') return send(response, 200, TEXT, about)
    const found = await witness.read(url.slice(1))
    if (found === null) return send(response, 404, TEXT, 'there is no such checkpoint\n')
    return send(response, 200, TEXT, found)
  }

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // What it could not keep it has not cosigned; what is on the disk is still right.
      onAnswer(`500 ${error instanceof Error ? error.message : String(error)}`)
      if (!response.headersSent) send(response, 500, TEXT, 'the witness cannot answer\n')
    })
  })
  return server
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array) {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

/** Null when it is too large. The rest is read and dropped, so that the answer gets through. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) throw new TypeError('the body is read as bytes')
    length += part.byteLength
    if (length <= ADD_CHECKPOINT_BYTES_MAX) parts.push(part)
    else if (length > DROPPED_BYTES_MAX) throw new RangeError('the body does not end')
  }
  return length > ADD_CHECKPOINT_BYTES_MAX ? null : Buffer.concat(parts)
}

/** Origin and size of what was cosigned: the first lines after the empty one. */
function originLine(body: Uint8Array): string {
  const text = Buffer.from(body).toString('utf8')
  const [origin = '', size = ''] = text.slice(text.indexOf('\n\n') + 2).split('\n')
  return `cosigned ${origin} ${size}`
}
