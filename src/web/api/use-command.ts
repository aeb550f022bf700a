import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Input, Output, Route } from '../../contract/route.ts'
import { api } from './api.ts'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { asProblem } from './problem.ts'

type Command<R extends Route> = {
  readonly route: R
  /** Gives the command; the answer, or null when it was refused (`problem` then says why). */
  readonly run: (input: Input<R>) => Promise<Output<R> | null>
  readonly running: boolean
  readonly problem: ApiProblem | null
  readonly forget: () => void
}

/**
 * A command as a hook. When it succeeds everything that was read is read anew: any status may
 * depend on any entry.
 */
export function useCommand<const R extends Route>(route: R): Command<R> {
  const client = useQueryClient()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const forget = useCallback(() => {
    setProblem(null)
  }, [])
  const run = async (input: Input<R>): Promise<Output<R> | null> => {
    setRunning(true)
    setProblem(null)
    try {
      const answer = await api.call(route, input)
      await client.invalidateQueries()
      return answer
    } catch (error) {
      setProblem(asProblem(error))
      return null
    } finally {
      setRunning(false)
    }
  }
  return { route, run, running, problem, forget }
}
