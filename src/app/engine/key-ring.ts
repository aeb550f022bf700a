import type { PersonKeys } from './store.ts'

/**
 * Persons' keys in memory. A key is remembered once it was read; that there is none yet is not,
 * because another node may make one.
 */
export type KeyRing = {
  read(
    persons: readonly string[],
    from: (persons: readonly string[]) => Promise<PersonKeys>,
  ): Promise<PersonKeys>
  add(keys: PersonKeys): void
  clear(): void
}

const keysMax = 50_000

export function createKeyRing(): KeyRing {
  const known: PersonKeys = new Map()
  const add = (keys: PersonKeys) => {
    if (known.size + keys.size > keysMax) known.clear()
    keys.forEach((key, person) => known.set(person, key))
  }
  return {
    async read(persons, from) {
      const unknown = persons.filter((person) => !known.has(person))
      const fetched = unknown.length === 0 ? new Map<string, null>() : await from(unknown)
      const found: PersonKeys = new Map()
      for (const person of persons) {
        const key = known.has(person) ? known.get(person) : fetched.get(person)
        if (key !== undefined) found.set(person, key)
      }
      add(fetched)
      return found
    },
    add,
    clear: () => known.clear(),
  }
}
