import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Path, SearchRecord } from '../paths.ts'
import { splitPath } from '../paths.ts'
import { searchRecord } from './search.ts'

/** The search of the address as it is, as strings. */
export function useSearchRecord(): SearchRecord {
  const search: unknown = useSearch({ strict: false })
  return useMemo(() => searchRecord(search), [search])
}

/**
 * Changes some search parameters and leaves the others: filters, tabs and selection live in the
 * address. Undefined removes one. Replaces the history entry, so that "back" leaves the page.
 */
export function useSetSearch(): (change: Readonly<Record<string, string | undefined>>) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) => {
      void navigate({
        to: '.',
        search: (now: unknown) => withoutEmpty({ ...searchRecord(now), ...change }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
}

/** Goes to an address; the day that is shown stays the same. */
export function useGo(): (path: Path, options?: { readonly replace?: boolean }) => Promise<void> {
  const navigate = useNavigate()
  return useCallback(
    (path, options = {}) => {
      const { path: to, search } = splitPath(path)
      return navigate({
        to,
        search: (now: unknown) => keepingDay(searchRecord(now), search),
        replace: options.replace ?? false,
      })
    },
    [navigate],
  )
}

/** The search of a link: its own, and the day that is shown now. */
export function keepingDay(now: SearchRecord, next: SearchRecord): SearchRecord {
  const asOf = now['asOf']
  return asOf === undefined ? next : { asOf, ...next }
}

function withoutEmpty(search: Readonly<Record<string, string | undefined>>): SearchRecord {
  return Object.fromEntries(
    Object.entries(search).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    ),
  )
}
