import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router'
import type { AnyRoute } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { sessionQuery } from './api/queries.ts'
import { changesPages } from './pages/changes/routes.tsx'
import { checksPages } from './pages/checks/routes.tsx'
import { controlsPages } from './pages/controls/routes.tsx'
import { criteriaPages } from './pages/criteria/routes.tsx'
import { customersPages } from './pages/customers/routes.tsx'
import { descriptionPages } from './pages/description/routes.tsx'
import { directoryPages } from './pages/directory/routes.tsx'
import { evidencePages } from './pages/evidence/routes.tsx'
import { exceptionsPages } from './pages/exceptions/routes.tsx'
import { homePages } from './pages/home/routes.tsx'
import { hostsPages } from './pages/hosts/routes.tsx'
import { ledgerPages } from './pages/ledger/routes.tsx'
import { ownPages } from './pages/own/routes.tsx'
import { peoplePages } from './pages/people/routes.tsx'
import { policiesPages } from './pages/policies/routes.tsx'
import { reportPages } from './pages/report/routes.tsx'
import { frontPages } from './pages/session/routes.tsx'
import { servicesPages } from './pages/services/routes.tsx'
import { settingsPages } from './pages/settings/routes.tsx'
import { trainingPages } from './pages/training/routes.tsx'
import { paths, splitPath } from './paths.ts'
import type { PageSlot } from './routing/page.tsx'
import { parseSearch, stringifySearch } from './routing/search.ts'
import { Front } from './shell/front.tsx'
import { Shell } from './shell/shell.tsx'
import { NotFound, RouteFault } from './ui/route-fault.tsx'
import { PageSkeleton } from './ui/skeleton.tsx'

/** A page is read for so long before its outline is shown in its place. */
const pendingMs = 250

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()()

/** For everybody: set-up, signing in, invitations. */
const front = createRoute({
  getParentRoute: () => root,
  id: 'front',
  component: Front,
  loader: ({ context }) => context.queryClient.ensureQueryData(sessionQuery),
})

/** For those who are signed in; the others are shown the way. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  pendingComponent: () => (
    <div className="main">
      <PageSkeleton />
    </div>
  ),
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    // A guest has pages of his own, and no others.
    const isGuest = session.person?.role === 'customer-contact'
    if (isGuest && !/^\/own(\/|$)/.test(location.pathname)) {
      // oxlint-disable-next-line typescript/only-throw-error
      throw redirect({ to: paths.own(), search: {}, replace: true })
    }
    if (session.person !== null) return
    const to = splitPath(session.setUp ? paths.signIn(location.href) : paths.setUp())
    // The router's own signal, which is not an Error.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: to.path, search: to.search, replace: true })
  },
})

const areas: readonly (readonly PageSlot[])[] = [
  homePages,
  criteriaPages,
  controlsPages,
  checksPages,
  exceptionsPages,
  changesPages,
  peoplePages,
  directoryPages,
  servicesPages,
  hostsPages,
  customersPages,
  ownPages,
  trainingPages,
  policiesPages,
  evidencePages,
  descriptionPages,
  reportPages,
  ledgerPages,
  settingsPages,
]

function placed(parent: AnyRoute, slots: readonly PageSlot[]): AnyRoute[] {
  return slots.map((slot) => slot(parent))
}

/** The whole application as one tree of addresses. */
export function startRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      front.addChildren(placed(front, frontPages)),
      inside.addChildren(placed(inside, areas.flat())),
    ]),
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    // The queries know themselves what is fresh.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: pendingMs,
    defaultErrorComponent: RouteFault,
    defaultNotFoundComponent: () => <NotFound />,
    defaultPendingComponent: PageSkeleton,
    scrollRestoration: true,
  })
}
