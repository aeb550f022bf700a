import { HttpProblem } from './problem.ts'

/** Greatest JSON body; a policy in two languages at its longest is a third of it. */
const jsonBytesMax = 1_048_576

/** The body's bytes, counted while they arrive: a lying or missing length does not matter. */
export async function readBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  const tooLarge = new HttpProblem('body-too-large', String(bytesMax))
  if (Number(request.headers.get('content-length') ?? '0') > bytesMax) throw tooLarge
  if (request.body === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop by an error cancels the stream: the rest is not even received.
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > bytesMax) throw tooLarge
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)
}

/** The body as JSON; an empty one is `undefined`, which the route's schema then judges. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBody(request, jsonBytesMax)
  if (bytes.byteLength === 0) return undefined
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') throw new HttpProblem('media-type-unsupported')
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new HttpProblem('json-malformed')
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
