import { z } from 'zod'
import type { Problem } from '../contract/shared.ts'
import type { Refused, Text } from '../domain/decider.ts'
import { httpTexts } from './texts.ts'

export type HttpCode = keyof typeof httpTexts

/** Why a request gets no answer: thrown inside the server, sent as a problem. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly code: HttpCode
  readonly about: string | undefined
  readonly problems: Problem['problems']

  constructor(code: HttpCode, about?: string, problems?: Problem['problems']) {
    super(about === undefined ? code : `${code}: ${about}`)
    this.code = code
    this.about = about
    this.problems = problems
  }
}

export const httpStatus = {
  'not-signed-in': 401,
  forbidden: 403,
  'token-cannot': 403,
  'cross-site': 403,
  'csrf-mismatch': 403,
  'host-name-unknown': 421,
  'route-unknown': 404,
  'method-unsupported': 405,
  'input-invalid': 400,
  'json-malformed': 400,
  'media-type-unsupported': 415,
  'body-too-large': 413,
  'requests-too-many': 429,
  'day-not-yet': 400,
  'ledger-stopped': 503,
  unavailable: 503,
  starting: 503,
  fault: 500,
} as const satisfies Record<HttpCode, number>

export function problemOf(problem: HttpProblem): Problem {
  const { code, about, problems } = problem
  return {
    code,
    message: httpTexts[code],
    ...(about === undefined ? {} : { about }),
    ...(problems === undefined ? {} : { problems }),
  }
}

/** A refusal of a room as the same shape; its text comes from the room's own table. */
export function refusalOf(
  refused: Refused,
  texts: Readonly<Record<string, Text>>,
): { readonly status: number; readonly body: Problem } {
  const code = refused.refused
  const own = code in httpTexts ? httpTexts[httpCode.parse(code)] : undefined
  const message = texts[code] ?? own ?? unworded(code)
  const body: Problem = { code, message }
  if (refused.about !== undefined) body.about = refused.about
  if (refused.problems !== undefined) body.problems = [...refused.problems]
  return { status: statusOf(code), body }
}

/** Nothing is wrong with what was asked: the server cannot do it now. */
const serverRefusals = new Set(['ledger-stopped', 'storage-full'])

function statusOf(code: string): number {
  if (serverRefusals.has(code)) return 503
  if (code === 'not-signed-in') return httpStatus['not-signed-in']
  if (code === 'forbidden') return httpStatus.forbidden
  return code.endsWith('-unknown') ? 404 : 409
}

const httpCode = z.custom<HttpCode>((code) => typeof code === 'string' && code in httpTexts)

/** Only for a code that no table knows: a test shows that there is none. */
function unworded(code: string): Text {
  return {
    ja: `この操作は受け付けられませんでした（${code}）。`,
    en: `This was refused (${code}).`,
  }
}

type Issue = z.core.$ZodIssue

/** What is wrong with the input, field by field, in both languages. */
export function inputProblem(part: 'params' | 'query' | 'body', error: z.ZodError): HttpProblem {
  const problems = error.issues.slice(0, issuesMax).map((issue) => ({
    row: null,
    field: [part, ...issue.path.map(String)].join('.'),
    code: issue.code,
    message: { ja: worded(japanese, issue), en: worded(english, issue) },
  }))
  return new HttpProblem('input-invalid', problems[0]?.field, problems)
}

const issuesMax = 20
const japanese = z.locales.ja().localeError
const english = z.locales.en().localeError

function worded(locale: z.core.$ZodErrorMap, issue: Issue): string {
  const said = locale({ ...issue, input: undefined })
  const message = typeof said === 'string' ? said : said?.message
  return message ?? issue.message
}
