import type { EntryLog } from '../ports.ts'
import { EngineError } from './engine-error.ts'
import type { Store } from './store.ts'

const entriesMax = 1_024

/** The committed entries, and word of new ones. */
export function createEntryLog(store: Store): EntryLog & { readonly announce: () => void } {
  const listeners = new Set<() => void>()
  return {
    size: async () => (await store.head()).size,
    async entries(from, to) {
      if (!(from >= 0 && from <= to && to - from <= entriesMax)) {
        throw new EngineError('size-invalid', `Entries ${from} to ${to} cannot be read at once`)
      }
      return (await store.entries(from, to)).map(({ bytes }) => bytes)
    },
    onAppend(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    announce: () => listeners.forEach((listener) => listener()),
  }
}
