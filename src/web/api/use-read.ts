import { useSuspenseQuery } from '@tanstack/react-query'
import type { Input, Output, Route } from '../../contract/route.ts'
import { readQuery } from './queries.ts'
import { useAsOf } from './session.ts'

/**
 * What a route answers, as of the day that is shown. The page's `load` has read it already, so
 * that a page renders data it has; errors belong to the route.
 */
export function useRead<const R extends Route & { readonly method: 'get' }>(
  route: R,
  input: Input<R>,
): Output<R> {
  const asOf = useAsOf()
  return useSuspenseQuery(readQuery(route, input, asOf)).data
}
