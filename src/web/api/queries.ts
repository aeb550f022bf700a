import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { getSession } from '../../contract/session.ts'
import type { Input, Output, Route } from '../../contract/route.ts'
import { takesAsOf } from '../../contract/client.ts'
import { api, keepCsrfToken } from './api.ts'
import { ApiProblem } from '../../contract/api-problem.ts'

/** What was read is shown again at once for so long, then asked for anew. */
const freshMs = 15_000
const retriesMax = 2

/**
 * A read as a query. Its key is the route's id, all of its input and the day that is shown, so
 * that two days never share an answer.
 */
export function readQuery<const R extends Route & { readonly method: 'get' }>(
  route: R,
  input: Input<R>,
  asOf: string | null,
) {
  return queryOptions<Output<R>>({
    queryKey: [route.id, input, takesAsOf(route) ? asOf : null],
    queryFn: ({ signal }) => api.call(route, input, { signal, asOf }),
  })
}

/** Who is signed in; also brings the token that commands send back. */
export const sessionQuery = queryOptions({
  queryKey: [getSession.id],
  queryFn: async ({ signal }) => {
    const session = await api.call(getSession, {}, { signal })
    keepCsrfToken(session.csrfToken)
    return session
  },
  staleTime: 60_000,
})

/** One client per page; a read that says "not signed in" makes the session be asked for again. */
export function startQueries(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.status === 401) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < retriesMax && isPassing(error),
      },
    },
  })
}

/** A refusal stays one however often it is asked; a lost connection may come back. */
function isPassing(error: Error): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 502)
}
