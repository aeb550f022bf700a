import { z } from 'zod'
import type { Route } from '../contract/route.ts'
import { isRefused, type Text } from '../domain/decider.ts'
import { readBody, readJson } from './body.ts'
import { downloadHeaders } from './download.ts'
import { checkMay, type Asking } from './gate.ts'
import { WithSession, type Handler } from './handler.ts'
import { HttpProblem, inputProblem, refusalOf } from './problem.ts'
import { sessionCookie, type Site } from './site.ts'

/** A request to one route, as the server has it. */
type Asked = {
  readonly request: Request
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  readonly asking: Asking
}

export type Binding = {
  readonly route: Route
  readonly answer: (asked: Asked) => Promise<Response>
}

/** The answer did not fit the contract: our bug, not the caller's. */
class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch'

  constructor(route: Route, error: z.ZodError) {
    const issues = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    super(`${route.id} answered what its contract does not say: ${issues.slice(0, 10).join('; ')}`)
  }
}

/**
 * Every route with its handler.
 *
 * @throws Error naming routes that nobody or more than one handles, and handlers of no route.
 */
export function bind(
  routes: readonly Route[],
  handlers: readonly Handler[],
  texts: Readonly<Record<string, Text>>,
  site: Site,
): readonly Binding[] {
  const missing = routes.filter((route) => !handlers.some((one) => one.route === route))
  const twice = handlers.filter((one, at) =>
    handlers.some((other, before) => before < at && other.route.id === one.route.id),
  )
  const foreign = handlers.filter((one) => !routes.includes(one.route))
  const wrong = [
    ...missing.map((route) => `${route.id} has no handler`),
    ...twice.map((one) => `${one.route.id} is handled twice`),
    ...foreign.map((one) => `${one.route.id} is not in the contract`),
  ]
  if (wrong.length > 0) throw new Error(`the routes are not all bound: ${wrong.join('; ')}`)
  return handlers.map((one) => ({
    route: one.route,
    answer: (asked) => answer(one, asked, texts, site),
  }))
}

async function answer(
  bound: Handler,
  asked: Asked,
  texts: Readonly<Record<string, Text>>,
  site: Site,
): Promise<Response> {
  const { route } = bound
  checkMay(route, asked.asking, asked.request.headers)
  const input = await inputOf(route, asked)
  const { scopes: _, ...caller } = asked.asking
  const result = await bound.run(input, caller)
  const said = result instanceof WithSession ? result.answer : result
  const response = sent(route, said, texts)
  if (result instanceof WithSession && response.ok) {
    response.headers.append('set-cookie', sessionCookie(site, result.secret))
  }
  return response
}

async function inputOf(route: Route, { request, url, params }: Asked): Promise<unknown> {
  const input: Record<string, unknown> = {}
  if (route.params !== undefined) input['params'] = parsed('params', route.params, params)
  const query = queryOf(url)
  const strict = route.query === undefined ? z.strictObject({}) : route.query.strict()
  input['query'] = parsed('query', strict, query)
  if (route.body === undefined) return input
  input['body'] =
    'bytes' in route.body
      ? await readBody(request, route.body.bytes)
      : parsed('body', route.body, await readJson(request))
  return input
}

/** A name given twice is an error, not a choice of ours. */
function queryOf(url: URL): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name)
    query[name] = values.length === 1 ? values[0] : values
  }
  return query
}

function parsed(part: 'params' | 'query' | 'body', schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw inputProblem(part, result.error)
}

function sent(route: Route, said: unknown, texts: Readonly<Record<string, Text>>): Response {
  if (typeof said === 'object' && said !== null && isRefused(said)) {
    const { status, body } = refusalOf(said, texts)
    return Response.json(body, { status })
  }
  if (route.response === 'bytes') {
    const download = downloadShape.parse(said)
    return new Response(new Uint8Array(download.bytes), { headers: downloadHeaders(download) })
  }
  const result = route.response.safeParse(said)
  if (!result.success) throw new AnswerMismatch(route, result.error)
  return Response.json(result.data)
}

const downloadShape = z.object({
  bytes: z.instanceof(Uint8Array),
  mediaType: z.string(),
  fileName: z.string(),
})

/** For a request that no route wants. */
export function nothingHere(): never {
  throw new HttpProblem('route-unknown')
}
