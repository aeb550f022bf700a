import type { Projector } from './projector.ts'
import type { Decoded, Rooms } from './rooms.ts'
import type { PersonKeys, Store, ViewDifference } from './store.ts'

/**
 * Everything in the database that follows from the entries, compared with what does follow: the
 * views, the answers to commands, and that the keys of erased persons are gone.
 */
export async function* compareWithEntries(
  store: Store,
  rooms: Rooms,
  projector: Projector,
): AsyncGenerator<ViewDifference> {
  const erased = new Set<string>()
  const collect = (decoded: readonly Decoded[]) =>
    rooms.erasedBy(decoded).forEach((person) => erased.add(person))
  yield* store.views.compare((size, build) =>
    projector.fill(build, 0, size, projector.projections, collect),
  )
  yield* keysOfErased(await store.personKeys([...erased]))
}

/** An erased person's key that is there again, from a backup perhaps, undoes the erasure. */
function* keysOfErased(keys: PersonKeys): Generator<ViewDifference> {
  for (const [person, key] of keys) {
    if (key === null) continue
    const where = { table: 'ledger.person_keys', key: JSON.stringify([person]) }
    yield { ...where, kind: 'differs', columns: ['key'] }
  }
}
