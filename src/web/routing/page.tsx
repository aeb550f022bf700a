import { createRoute, notFound, useParams } from '@tanstack/react-router'
import type { AnyRoute } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { lazy } from 'react'
import type { ComponentType } from 'react'
import { z } from 'zod'
import type { Input, Route } from '../../contract/route.ts'
import type { Permission } from '../../domain/access/permission.ts'
import { may } from '../../domain/access/permission.ts'
import { readQuery, sessionQuery } from '../api/queries.ts'
import { asOfIn, searchRecord } from './search.ts'
import { useSearchRecord } from './use-search.ts'

/** For pages whose address has no parameters, or that need nothing of its search. */
export const none = z.object({})

/** Everything a page is given by its address, parsed. */
type Given<P extends z.ZodObject, S extends z.ZodObject> = {
  readonly params: z.output<P>
  readonly search: z.output<S>
}

type LoadTools = {
  /** Reads a route into the cache, as of the day that is shown; the page has it at once. */
  readonly read: <const R extends Route & { readonly method: 'get' }>(
    route: R,
    input: Input<R>,
  ) => Promise<void>
  /** The day that is shown, today included; and the first that can be. */
  readonly day: string
  readonly firstDay: string
  /** Whether the person who is signed in may; a page leaves out what they may not read. */
  readonly may: (permission: Permission) => boolean
}

type Definition<P extends z.ZodObject, S extends z.ZodObject> = {
  /** `/people/$person`: the parameter names are those of `params`. */
  readonly path: `/${string}`
  /** Usually the contract's own: `getPerson.params`. An address that does not fit is not found. */
  readonly params: P
  /** What the loader needs of the search; give every field a `.catch(…)`. */
  readonly search: S
  /** Reads everything that the page shows first. */
  readonly load?: (given: Given<P, S> & LoadTools) => Promise<unknown>
  /** `() => import('./people-page.tsx').then((module) => module.PeoplePage)` */
  readonly component: () => Promise<ComponentType<Given<P, S>>>
}

/** A page that waits for its place in the tree of routes. */
export type PageSlot = (parent: AnyRoute) => AnyRoute

type RouteContext = { readonly queryClient: QueryClient }

/** Declares a page: its address, what it loads, and the component, loaded when first needed. */
export function page<P extends z.ZodObject, S extends z.ZodObject>(
  definition: Definition<P, S>,
): PageSlot {
  const importOnce = once(definition.component)
  const Component = lazy(async () => ({ default: await importOnce() }))
  function Rendered() {
    const params: unknown = useParams({ strict: false })
    const search = useSearchRecord()
    const given = givenBy(definition, params, search)
    return <Component {...given} />
  }
  return (parent) =>
    createRoute({
      getParentRoute: () => parent,
      path: definition.path,
      component: Rendered,
      loaderDeps: ({ search }: { search: unknown }) => {
        const record = searchRecord(search)
        return { asOf: record['asOf'], search: searchOf(definition.search, record) }
      },
      loader: async ({ context, params, deps }) => {
        const { queryClient }: RouteContext = context
        const tools = await loadTools(queryClient, deps.asOf)
        const parsed = paramsOf(definition.params, params)
        await Promise.all([
          importOnce(),
          definition.load?.({ params: parsed, search: deps.search, ...tools }),
        ])
      },
    })
}

async function loadTools(client: QueryClient, day: string | undefined): Promise<LoadTools> {
  const session = await client.ensureQueryData(sessionQuery)
  const asOf = day === undefined ? null : asOfIn({ asOf: day }, session.today)
  return {
    read: async (route, input) => {
      await client.ensureQueryData(readQuery(route, input, asOf))
    },
    day: asOf ?? session.today,
    firstDay: session.firstDay,
    may: (permission) => may(session.person?.role ?? null, permission),
  }
}

function givenBy<P extends z.ZodObject, S extends z.ZodObject>(
  definition: Definition<P, S>,
  params: unknown,
  search: unknown,
): Given<P, S> {
  return {
    params: paramsOf(definition.params, params),
    search: searchOf(definition.search, search),
  }
}

function paramsOf<P extends z.ZodObject>(schema: P, params: unknown): z.output<P> {
  const parsed = schema.safeParse(params)
  // The router's own signal, which is not an Error.
  // oxlint-disable-next-line typescript/only-throw-error
  if (!parsed.success) throw notFound()
  return parsed.data
}

function searchOf<S extends z.ZodObject>(schema: S, search: unknown): z.output<S> {
  const parsed = schema.safeParse(search)
  return parsed.success ? parsed.data : schema.parse({})
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
}
