import type { z } from 'zod'
import { ApiProblem, callTexts, problemOf } from './api-problem.ts'
import type { Input, Output, Route } from './route.ts'

/** Reports take the longest: a hundred pages in about ten seconds. */
const requestTimeoutMs = 120_000

type Settings = {
  /** Scheme, host and port of the server. */
  readonly origin: string
  /** A browser's session: what it sends back with every change; null when nobody is signed in. */
  readonly csrfToken?: () => string | null
  /** A program's API token. */
  readonly token?: string
}

/** The parts of a request, before the route's types are put on them. */
export type Parts = {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
}

/** How a request is made, apart from what it asks. */
type Options = {
  readonly signal?: AbortSignal
  /** The day that the application shows, for reads that take one and do not name their own. */
  readonly asOf?: string | null
}

/** A file that was downloaded, with the name that the server gave it. */
export type DownloadedFile = { readonly bytes: Uint8Array; readonly fileName: string | null }

/**
 * The API as typed calls, for the pages and the command line: the contract's route says what goes in and
 * what comes out.
 */
export class Api {
  readonly #settings: Settings

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /**
   * Asks one route and parses its answer.
   *
   * @throws ApiProblem when the server refuses, cannot be reached or answers something else.
   */
  call<const R extends Route>(route: R, input: Input<R>, options?: Options): Promise<Output<R>>
  async call(route: Route, input: Parts, options: Options = {}): Promise<unknown> {
    const answer = await this.#ask(route, input, options)
    if (route.response === 'bytes') return new Uint8Array(await answer.arrayBuffer())
    return parsed(route.response, await jsonOf(answer))
  }

  /**
   * Asks a route that answers with a file.
   *
   * @throws ApiProblem as `call` does.
   */
  download<const R extends Route & { readonly response: 'bytes' }>(
    route: R,
    input: Input<R>,
  ): Promise<DownloadedFile>
  async download(route: Route, input: Parts): Promise<DownloadedFile> {
    const answer = await this.#ask(route, input, {})
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { bytes, fileName: fileNameOf(answer.headers.get('content-disposition')) }
  }

  async #ask(route: Route, input: Parts, { signal, asOf }: Options): Promise<Response> {
    const url = new URL(addressOf(route, onDay(route, input, asOf)), this.#settings.origin)
    const timeout = AbortSignal.timeout(requestTimeoutMs)
    const answer = await fetch(url, {
      method: route.method.toUpperCase(),
      headers: this.#headers(route, input),
      credentials: 'same-origin',
      body: bodyOf(input.body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    }).catch((cause: unknown) => {
      if (signal?.aborted === true) throw cause
      throw timeout.aborted ? broken('timeout', cause) : broken('network', cause)
    })
    if (answer.ok) return answer
    throw problemOf(answer.status, await jsonOf(answer).catch(() => null))
  }

  #headers(route: Route, input: Parts): Record<string, string> {
    const headers: Record<string, string> = {
      accept: route.response === 'bytes' ? '*/*' : 'application/json',
    }
    if (input.body instanceof Uint8Array) headers['content-type'] = 'application/octet-stream'
    else if (input.body !== undefined) headers['content-type'] = 'application/json'
    const { csrfToken, token } = this.#settings
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`
    const csrf = csrfToken?.() ?? null
    if (route.method !== 'get' && csrf !== null) headers['x-csrf-token'] = csrf
    return headers
  }
}

/** Whether what a route answers depends on the day that is shown. */
export function takesAsOf(route: Route): boolean {
  return route.method === 'get' && route.query !== undefined && 'asOf' in route.query.shape
}

function onDay(route: Route, input: Parts, asOf: string | null | undefined): Parts {
  if (asOf === null || asOf === undefined || !takesAsOf(route)) return input
  return { ...input, query: { asOf, ...input.query } }
}

/** Path and query of a request: parameters are filled in, undefined ones of the query left out. */
export function addressOf(route: Pick<Route, 'path'>, input: Parts): string {
  const path = route.path.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(input.params?.[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, textOf(value))
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** A parameter as an address carries it: routes have only texts, numbers and flags there. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? value.toString() : ''
}

/** The file name of a `content-disposition` header; RFC 6266's `filename*` wins. */
function fileNameOf(header: string | null): string | null {
  if (header === null) return null
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  if (extended !== undefined) return decodeURIComponent(extended.trim())
  return /filename="([^"]+)"/i.exec(header)?.[1] ?? null
}

function bodyOf(body: unknown): Blob | string | null {
  if (body === undefined) return null
  if (body instanceof Uint8Array) return new Blob([new Uint8Array(body)])
  return JSON.stringify(body)
}

async function jsonOf(answer: Response): Promise<unknown> {
  return answer.json().catch((cause: unknown) => {
    throw broken('unreadable', cause)
  })
}

function parsed(schema: z.ZodType, json: unknown): unknown {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  throw broken('mismatch', result.error)
}

function broken(code: 'network' | 'timeout' | 'unreadable' | 'mismatch', cause: unknown) {
  const problem = new ApiProblem(0, { code, message: callTexts[code] })
  problem.cause = cause
  return problem
}
