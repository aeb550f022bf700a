import type { Ledger } from '../app/ledger/open.ts'
import { getEntry, getLedger, listEntries, verifyLedger } from '../contract/ledger.ts'
import { handler, personOf, type Handler } from './handler.ts'
import type { Mount } from './server.ts'

export function ledgerHandlers(ledger: Ledger): readonly Handler[] {
  return [
    handler(getLedger, () => ledger.health()),
    handler(verifyLedger, (_, caller) => ledger.verify(personOf(caller))),
    handler(listEntries, ({ query }) => ledger.entries(query)),
    handler(getEntry, ({ params }) => ledger.entry(params.seq)),
  ]
}

/** The ledger's own files for any tlog-tiles client: public, for there is nothing secret in them. */
export function ledgerFiles(ledger: Ledger): Mount {
  const prefix = '/ledger/'
  return {
    prefix,
    async answer(request) {
      const { status, headers, body } = await ledger.serve({
        method: request.method,
        // Not decoded: no path of a tile needs it, and so none has two spellings.
        path: new URL(request.url).pathname.slice(prefix.length),
        acceptEncoding: request.headers.get('accept-encoding') ?? '',
      })
      const content = request.method === 'HEAD' ? null : new Uint8Array(body)
      return new Response(content, { status, headers })
    },
  }
}
