import type { DirectoryCases } from '../app/directory/open.ts'
import { failureShown } from '../app/directory/reads.ts'
import {
  addDirectorySource,
  assignDirectoryAccount,
  getDirectoryAccount,
  getDirectoryRun,
  importAccounts,
  listDirectoryAccounts,
  listDirectoryObservations,
  listDirectorySources,
  listLeavers,
  listPasswordPolicies,
  observeDirectory,
  removeDirectorySource,
  replaceDirectorySecret,
  reviewRights,
} from '../contract/directory.ts'
import { isRefused, type Refused } from '../domain/decider.ts'
import { handler, personOf, type Handler } from './handler.ts'

export function directoryHandlers(directory: DirectoryCases): readonly Handler[] {
  return [
    handler(listDirectorySources, ({ query }) => directory.sources(query.asOf)),
    handler(addDirectorySource, async ({ body }, caller) => {
      const done = await directory.addSource(body, personOf(caller))
      return isRefused(done) ? done : { id: done.id, seq: done.last }
    }),
    handler(removeDirectorySource, async ({ params, body }, caller) =>
      answered(await directory.removeSource(params.source, body.reason, personOf(caller))),
    ),
    handler(replaceDirectorySecret, async ({ params, body }, caller) =>
      answered(await directory.replaceSecret(params.source, body.password, personOf(caller))),
    ),
    handler(observeDirectory, ({ params, body }, caller) =>
      directory.observe(params.source, body, personOf(caller)),
    ),
    handler(getDirectoryRun, async ({ params }) => directory.runShown(params.run)),
    handler(importAccounts, async ({ params, query, body }, caller) => {
      const isLoss = query.lossAccepted === 'yes'
      const done = await directory.importList(params.source, body, isLoss, personOf(caller))
      if (isRefused(done)) return done
      const { accounts, read, ignored, failure } = done
      return {
        seq: done.last,
        accounts,
        read: [...read],
        ignored: [...ignored],
        failure: failure === null ? null : failureShown(failure.code, failure.message),
      }
    }),
    handler(listDirectoryObservations, ({ params, query }) =>
      directory.observations(params.source, query.asOf),
    ),
    handler(listDirectoryAccounts, ({ query }) => directory.accounts(query)),
    handler(getDirectoryAccount, ({ params, query }) =>
      directory.account(params.account, query.asOf),
    ),
    handler(assignDirectoryAccount, async ({ params, body }, caller) =>
      answered(await directory.assign({ ...params, ...body }, personOf(caller))),
    ),
    handler(reviewRights, async ({ params, body }, caller) =>
      answered(await directory.reviewRights(params.person, body.reason, personOf(caller))),
    ),
    handler(listPasswordPolicies, ({ query }) => directory.passwordPolicies(query.asOf)),
    handler(listLeavers, ({ query }) => directory.leavers(query.asOf)),
  ]
}

function answered(
  done: { readonly last: number | null } | Refused,
): { seq: number | null } | Refused {
  return isRefused(done) ? done : { seq: done.last }
}
