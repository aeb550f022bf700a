import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input, Route } from '../../contract/route.ts'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { api } from './api.ts'
import { asProblem } from './problem.ts'

export type Progress = { readonly done: number; readonly of: number }

/**
 * The same command many times, one after the other: each is an entry of its own, and refused or
 * accepted by itself. Stops at the first refusal; what was done before it stays done.
 */
export function useMany<const R extends Route>(route: R) {
  const client = useQueryClient()
  const [progress, setProgress] = useState<Progress | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  /** Resolves to how many were done. */
  const run = async (inputs: readonly Input<R>[]): Promise<number> => {
    setProblem(null)
    let done = 0
    try {
      for (const input of inputs) {
        setProgress({ done, of: inputs.length })
        await api.call(route, input)
        done += 1
      }
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setProgress(null)
      await client.invalidateQueries()
    }
    return done
  }
  return { run, progress, problem }
}
