import type { SignInLinks } from '../app/customers/links.ts'
import type { Outbox } from '../app/ports.ts'
import { listOutbox, requestSignInLink, useSignInLink } from '../contract/mail.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, WithSession, type Handler } from './handler.ts'

/** Links that come by mail, and the mail itself. */
export function mailHandlers(needs: {
  readonly links: SignInLinks
  readonly outbox: Outbox
  readonly webhook: boolean
}): readonly Handler[] {
  const { links, outbox, webhook } = needs
  return [
    handler(requestSignInLink, ({ body }) => {
      links.request(body.email)
      return Promise.resolve({ asked: true as const })
    }),
    handler(useSignInLink, async ({ params }) => {
      const done = await links.use(params.token)
      return isRefused(done) ? done : new WithSession({ seq: done.seq }, done.secret)
    }),
    handler(listOutbox, async () => ({
      delivery: outbox.delivery,
      webhook,
      messages: await outbox.list(),
    })),
  ]
}
