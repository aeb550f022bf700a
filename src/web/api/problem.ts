import { problem } from '../../contract/shared.ts'
import type { Problem } from '../../contract/shared.ts'
import { apiProblems } from '../messages/api.ts'

/** What the server (or the way to it) refused: what happened, what to do, a stable code. */
export class ApiProblem extends Error {
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** What happened and what to do, in both languages. */
  readonly shown: Problem['message']
  /** The field, row or id that it is about. */
  readonly about: string | null
  readonly problems: NonNullable<Problem['problems']>

  constructor(status: number, body: Problem) {
    super(`${body.code}: ${body.message.en}`)
    this.name = 'ApiProblem'
    this.code = body.code
    this.status = status
    this.shown = body.message
    this.about = body.about ?? null
    this.problems = body.problems ?? []
  }
}

/** The problem that an answer with an error status holds, whatever its body looks like. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const parsed = problem.safeParse(body)
  if (parsed.success) return new ApiProblem(status, parsed.data)
  return new ApiProblem(status, { code: `http-${status}`, message: apiProblems.unreadable })
}

/** Anything thrown, as a problem that can be shown to a person. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return new ApiProblem(0, {
    code: 'page-fault',
    message: apiProblems.fault,
    about: detail.slice(0, 500),
  })
}
