import type { Signing } from '../app/signing/open.ts'
import { getSignature, prepareSignature, submitSignature } from '../contract/session.ts'
import type { SignatureBundle } from '../contract/session.ts'
import { isRefused, refuse, type Refused } from '../domain/decider.ts'
import type { Caller, Handler } from './handler.ts'
import { handler, personOf } from './handler.ts'

export function signingHandlers(
  signing: Signing,
  bundle: (seq: number) => Promise<SignatureBundle | Refused>,
): readonly Handler[] {
  return [
    handler(prepareSignature, async ({ body }, caller) => {
      const signer = signerOf(caller)
      return signer === null ? refuse('not-signed-in') : signing.prepare(body, signer)
    }),
    handler(submitSignature, async ({ body }, caller) => {
      const signer = signerOf(caller)
      if (signer === null) return refuse('not-signed-in')
      const done = await signing.submit(body, signer)
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(getSignature, ({ params }) => bundle(params.seq)),
  ]
}

/** Only a person in a browser signs. */
function signerOf(caller: Caller) {
  if (caller.via !== 'session' || caller.role === null) return null
  return { person: personOf(caller), role: caller.role }
}
