import { z } from 'zod'
import type { Route } from '../contract/route.ts'
import { problem } from '../contract/shared.ts'

type Json = Readonly<Record<string, unknown>>
export type OpenApi = {
  readonly openapi: '3.1.0'
  readonly info: Json
  readonly servers: readonly { readonly url: string }[]
  readonly security: readonly Json[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components: Json
}

/** The contract as an OpenAPI 3.1 document: the same schemas that the server itself parses with. */
export function openApiDocument(routes: readonly Route[], origin: string): OpenApi {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Arinomama',
      version: '1',
      description:
        'Every route of this installation. Programs send an API token as a bearer; a token never ' +
        'does more than its scopes (`x-permission`) and never signs.',
    },
    servers: [{ url: origin }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schema(problem, 'output') },
      responses: {
        Problem: {
          description: 'What happened, what to do, and a stable code',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

function operation(route: Route): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route)],
    'x-permission': route.permission,
    ...(route.permission === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body) }),
    responses: {
      200: { description: 'Done', content: contentOf(route.response) },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

/** First word of the path: `/api/people/{person}` belongs to `people`. */
export function tagOf(route: Route): string {
  return route.path.split('/')[2] ?? 'api'
}

function parametersOf(object: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  return Object.entries(object?.shape ?? {}).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !acceptsNothing(field),
    schema: schema(field, 'input'),
  }))
}

function acceptsNothing(field: z.core.$ZodType): boolean {
  return z.safeParse(field, undefined).success
}

function bodyOf(body: NonNullable<Route['body']>): Json {
  if ('bytes' in body) {
    return {
      required: true,
      description: `At most ${body.bytes} bytes`,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    }
  }
  return {
    required: true,
    content: { 'application/json': { schema: schema(body, 'input') } },
  }
}

function contentOf(response: Route['response']): Json {
  return response === 'bytes'
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schema(response, 'output') } }
}

function schema(type: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return rest
}
