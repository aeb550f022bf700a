import type { WitnessPost } from '../app/ledger/ports.ts'
import { WITNESS_ANSWER_BYTES_MAX } from '../ledger/witness-answer.ts'

/** Asks a witness over HTTP(S). Redirects are not followed: a witness is where its URL says. */
export function witnessPost(timeoutMs: number): WitnessPost {
  return async (prefix, request) => {
    const base = prefix.endsWith('/') ? prefix : `${prefix}/`
    const response = await fetch(new URL('add-checkpoint', base), {
      method: 'POST',
      body: new Uint8Array(request),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body ?? []) {
      length += part.byteLength
      if (length > WITNESS_ANSWER_BYTES_MAX) throw new Error('the answer is too large')
      parts.push(part)
    }
    return { status: response.status, body: Buffer.concat(parts) }
  }
}
