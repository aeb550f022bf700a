import { useSuspenseQuery } from '@tanstack/react-query'
import type { Permission } from '../../domain/access/permission.ts'
import { may } from '../../domain/access/permission.ts'
import { useMessages } from '../messages/language.tsx'
import { asOfIn } from '../routing/search.ts'
import { useSearchRecord } from '../routing/use-search.ts'
import { sessionQuery } from './queries.ts'

/** Who is signed in, the organisation, and today in its zone. */
export function useSession() {
  return useSuspenseQuery(sessionQuery).data
}

/** The day that the whole application shows; null means now. */
export function useAsOf(): string | null {
  const { today } = useSession()
  return asOfIn(useSearchRecord(), today)
}

/** Whether the person who is signed in has a permission. */
export function useMay(): (permission: Permission) => boolean {
  const role = useSession().person?.role ?? null
  return (permission) => may(role, permission)
}

/**
 * Why a command cannot be given now, worded for its tooltip; null when it can. A past day cannot
 * be changed by anybody.
 */
export function useWhyNot(): (permission: Permission) => string | null {
  const { why } = useMessages().ui
  const asOf = useAsOf()
  const mayI = useMay()
  return (permission) => {
    if (asOf !== null) return why.past
    return mayI(permission) ? null : why.permission
  }
}
