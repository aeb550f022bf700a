import { randomBytes } from 'node:crypto'
import { Hono, type Context } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import type { Route } from '../contract/route.ts'
import { EngineError } from '../app/engine/engine-error.ts'
import type { Text } from '../domain/decider.ts'
import { apiPage, apiPageStyle } from './api-page.ts'
import { bind, nothingHere, type Binding } from './binding.ts'
import { askingOf, type Asking, type Gate } from './gate.ts'
import type { Handler } from './handler.ts'
import { openApiDocument } from './openapi.ts'
import { HttpProblem, httpStatus, problemOf } from './problem.ts'
import { limitOf, RateLimits, standardLimits, type Limit, type LimitName } from './rate-limit.ts'
import { securityHeaders } from './security-headers.ts'
import { checkHost, clientAddress, type Site } from './site.ts'
import type { StaticFiles } from './static-files.ts'

/** Something beside the contract that answers below a path, such as the ledger's own files. */
export type Mount = {
  /** `/ledger/`: where it begins. */
  readonly prefix: string
  readonly answer: (request: Request) => Promise<Response>
}

/** What went wrong in us; the person got only the number. */
export type Fault = { readonly id: string; readonly what: string; readonly error: unknown }

export type ServerParts = {
  readonly site: Site
  readonly routes: readonly Route[]
  readonly handlers: readonly Handler[]
  readonly mounts: readonly Mount[]
  /** Texts of every refusal that a room can give, by code. */
  readonly texts: Readonly<Record<string, Text>>
  readonly gate: Gate
  /** The built pages; null serves the API alone. */
  readonly web: StaticFiles | null
  readonly onFault: (fault: Fault) => void
  readonly limits?: Readonly<Record<LimitName, Limit>>
  readonly nowMs?: () => number
  /** False from when nothing can be written any more. */
  readonly isAlive?: () => boolean
}

type App = Hono<{ Bindings: HttpBindings }>
type AppContext = Context<{ Bindings: HttpBindings }>

/**
 * The server as a function from request to answer.
 *
 * @throws Error when a route has no handler, or two.
 */
export function buildServer(parts: ServerParts): App {
  const app: App = new Hono()
  const limits = new RateLimits(parts.limits ?? standardLimits, parts.nowMs ?? Date.now)
  app.onError((error, c) => failed(error, c, parts))
  app.use(async (c, next) => {
    await next()
    const ours = securityHeaders(parts.site, null)
    for (const [name, value] of Object.entries(ours)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  // Whoever watches whether it is alive may not know its name; it says nothing else.
  app.get('/healthz', (c) => {
    const alive = parts.isAlive?.() ?? true
    return c.json({ alive }, alive ? 200 : 503)
  })
  app.use(async (c, next) => {
    checkHost(c.req.raw.headers, parts.site)
    await next()
  })
  for (const binding of bind(parts.routes, parts.handlers, parts.texts, parts.site)) {
    mountRoute(app, binding, parts, limits)
  }
  for (const mount of parts.mounts) {
    app.all(`${mount.prefix}*`, async (c) => {
      checkRate(limits, 'files', addressOf(c, parts.site))
      return mount.answer(c.req.raw)
    })
  }
  const document = openApiDocument(parts.routes, parts.site.origin)
  app.get('/openapi.json', (c) => c.json(document))
  app.get('/api-docs', (c) => c.html(apiPage(parts.routes, document, c.req.query('lang'))))
  app.get('/api-docs/page.css', (c) => {
    return c.body(apiPageStyle, 200, { 'content-type': 'text/css; charset=utf-8' })
  })
  app.all('/api/*', (c) => {
    const known = parts.routes.some((route) => pathPattern(route).test(c.req.path))
    throw new HttpProblem(known ? 'method-unsupported' : 'route-unknown')
  })
  app.get('*', (c) => page(c, parts))
  app.all('*', () => nothingHere())
  return app
}

function mountRoute(app: App, { route, answer }: Binding, parts: ServerParts, limits: RateLimits) {
  app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    const request = c.req.raw
    const address = addressOf(c, parts.site)
    if (route.permission === 'public') checkRate(limits, limitOf(route), address)
    const asking = await askingOf(request.headers, socketOf(c), parts.site, parts.gate)
    if (route.permission !== 'public') checkRate(limits, limitOf(route), rateKey(asking))
    const params = c.req.param()
    return answer({ request, url: new URL(request.url), params, asking })
  })
}

/** People who are signed in are counted by session, so that an office behind one address can work. */
function rateKey(asking: Asking): string {
  return asking.session ?? asking.address
}

function checkRate(limits: RateLimits, name: LimitName, key: string) {
  const waitSeconds = limits.take(name, key)
  if (waitSeconds > 0) throw new HttpProblem('requests-too-many', String(waitSeconds))
}

/** The built pages: a file when there is one, else the page that then looks at its own address. */
async function page(c: AppContext, { site, web }: ServerParts): Promise<Response> {
  const url = new URL(c.req.url)
  const origin = new URL(site.origin)
  // Passkeys belong to a name; under a bare number there are none.
  if (url.hostname !== origin.hostname && isLoopback(url.hostname) && isLoopback(origin.hostname)) {
    return c.redirect(new URL(url.pathname + url.search, origin).href, 307)
  }
  if (web === null) return nothingHere()
  const file = await web.file(url.pathname, c.req.header('accept-encoding') ?? '')
  if (file !== null) return new Response(new Uint8Array(file.bytes), { headers: file.headers })
  const wantsPage = (c.req.header('accept') ?? '').includes('text/html')
  if (!wantsPage && /\.[a-z0-9]+$/.test(url.pathname)) return nothingHere()
  const nonce = randomBytes(18).toString('base64url')
  const headers = { ...securityHeaders(site, nonce), 'cache-control': 'no-store' }
  return c.html(await web.page(nonce), 200, headers)
}

function failed(error: Error, c: AppContext, parts: ServerParts): Response {
  const problem = error instanceof HttpProblem ? error : wordedFault(error)
  if (problem !== null) {
    const headers = new Headers()
    if (problem.code === 'requests-too-many') headers.set('retry-after', problem.about ?? '1')
    if (problem.code === 'unavailable') headers.set('retry-after', '5')
    if (problem.code === 'not-signed-in') headers.set('www-authenticate', 'Bearer')
    return Response.json(problemOf(problem), { status: httpStatus[problem.code], headers })
  }
  const id = randomBytes(8).toString('hex')
  parts.onFault({ id, what: `${c.req.method} ${c.req.routePath}`, error })
  return Response.json(problemOf(new HttpProblem('fault', id)), { status: 500 })
}

/** What is thrown below and a person can understand. */
function wordedFault(error: Error): HttpProblem | null {
  if ('code' in error && outages.has(error.code)) return new HttpProblem('unavailable')
  if (!(error instanceof EngineError)) return null
  if (error.code === 'day-not-yet') return new HttpProblem('day-not-yet', 'query.asOf')
  return error.code === 'ledger-stopped' ? new HttpProblem('ledger-stopped') : null
}

/** Codes of the store for a database that is away; it may come back. */
const outages = new Set<unknown>(['database-unreachable', 'database-closed', 'postgres-stopped'])

function addressOf(c: AppContext, site: Site): string {
  return clientAddress(c.req.raw.headers, socketOf(c), site)
}

/** Absent when a test asks without a socket. */
function socketOf(c: AppContext): string {
  const bindings: Partial<HttpBindings> | undefined = c.env
  return bindings?.incoming?.socket.remoteAddress ?? 'local'
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function pathPattern(route: Route): RegExp {
  return new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
