import { ApiProblem } from '../../contract/api-problem.ts'
import { apiProblems } from '../messages/api.ts'

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
