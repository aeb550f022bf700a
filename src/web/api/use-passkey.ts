import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { asProblem } from './problem.ts'
import { sessionQuery } from './queries.ts'

/**
 * A conversation in which the person's passkey takes part: who is signed in may be another
 * afterwards, so everything is asked anew. Resolves to false when it did not come to its end.
 */
export function usePasskeyTalk() {
  const client = useQueryClient()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const talk = async (steps: () => Promise<unknown>): Promise<boolean> => {
    setRunning(true)
    setProblem(null)
    try {
      await steps()
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      // What this page showed was for somebody else; the next one reads anew.
      await client.invalidateQueries({ refetchType: 'none' })
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      setRunning(false)
    }
  }
  return { talk, running, problem }
}
