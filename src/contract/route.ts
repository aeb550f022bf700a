import type { z } from 'zod'
import type { Permission } from '../domain/access/permission.ts'

type Method = 'get' | 'post' | 'put' | 'delete'

/**
 * One route of the API: validation, types, documentation and permission in one object. The server
 * refuses to start with a route that nobody handles; a test lists every route against every role.
 */
export type Route = {
  /** Camel-case verb and noun; `operationId` in the OpenAPI document and the command's name. */
  readonly id: string
  readonly method: Method
  /** `/api/…` with `{name}` for parameters. */
  readonly path: string
  readonly permission: Permission
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** A Zod schema for JSON; `bytes` for a file, whose greatest size in bytes is given. */
  readonly body?: z.ZodType | { readonly bytes: number }
  /** A Zod schema for JSON; `bytes` for a download. */
  readonly response: z.ZodType | 'bytes'
}

/** Keeps the exact type of a route. */
export function route<const R extends Route>(definition: R): R {
  return definition
}

type In<S> = S extends z.ZodType
  ? z.input<S>
  : S extends { readonly bytes: number }
    ? Uint8Array
    : never
type Out<S> = S extends z.ZodType ? z.output<S> : Uint8Array

/** What a caller gives: only the parts that the route has. */
export type Input<R extends Route> = (R extends { params: infer P } ? { params: In<P> } : unknown) &
  (R extends { query: infer Q } ? { query?: In<Q> } : unknown) &
  (R extends { body: infer B } ? { body: In<B> } : unknown)

/** What a handler is given, parsed. */
export type Parsed<R extends Route> = (R extends { params: infer P }
  ? { params: Out<P> }
  : unknown) &
  (R extends { query: infer Q } ? { query: Out<Q> } : unknown) &
  (R extends { body: infer B } ? { body: Out<B> } : unknown)

export type Output<R extends Route> = Out<R['response']>
