import type { Store } from '../../../src/app/engine/store.ts'
import type {
  KeySafe,
  LedgerStorage,
  Publication,
  WitnessPost,
} from '../../../src/app/ledger/ports.ts'

/**
 * The steps of an entry's way at which the drill kills the program. They are named here, around the
 * ports: the program itself has no way to be stopped there.
 */
export const steps = [
  'append: before the lock',
  'append: with the lock',
  'append: before the commit',
  'append: after the commit',
  'integrate: before anything',
  'integrate: before the files',
  'integrate: between the files',
  'integrate: after the files',
  'integrate: after the commit',
  'sign: with the lock',
  'sign: before the copy is kept',
  'sign: after the copy is kept',
  'sign: after the commit',
  'witness: before it is asked',
  'witness: after it has answered',
  'publish: before the checkpoint',
  'publish: after the checkpoint',
  'publish: after the commit',
  'clean up: before partial files go',
] as const
export type Step = (typeof steps)[number]

export type Ports = {
  readonly store: Store
  readonly storage: LedgerStorage
  readonly safe: KeySafe
  readonly publication: Publication
  readonly post: WitnessPost
}

/** The same ports; `reach` is told of every step. */
export function watched(
  { store, storage, safe, publication, post }: Ports,
  reach: (step: Step) => void,
): Ports {
  return {
    store: watchedStore(store, reach),
    storage: watchedStorage(storage, reach),
    safe: {
      ...safe,
      async keepSigned(checkpoint) {
        reach('sign: before the copy is kept')
        await safe.keepSigned(checkpoint)
        reach('sign: after the copy is kept')
      },
    },
    publication: watchedPublication(publication, reach),
    async post(prefix, request) {
      reach('witness: before it is asked')
      const answer = await post(prefix, request)
      reach('witness: after it has answered')
      return answer
    },
  }
}

function watchedStore(store: Store, reach: (step: Step) => void): Store {
  return {
    ...store,
    async begin(wanted) {
      reach('append: before the lock')
      const begun = await store.begin(wanted)
      reach('append: with the lock')
      return {
        ...begun,
        async commit(append, before) {
          reach('append: before the commit')
          await begun.commit(append, before)
          reach('append: after the commit')
        },
      }
    },
  }
}

function watchedStorage(storage: LedgerStorage, reach: (step: Step) => void): LedgerStorage {
  return {
    ...storage,
    async putImmutable(files) {
      reach('integrate: before the files')
      const half = Math.ceil(files.length / 2)
      await storage.putImmutable(files.slice(0, half))
      reach('integrate: between the files')
      await storage.putImmutable(files.slice(half))
      reach('integrate: after the files')
    },
    async publish(checkpoint) {
      reach('publish: before the checkpoint')
      await storage.publish(checkpoint)
      reach('publish: after the checkpoint')
    },
    async dropPartials(path) {
      reach('clean up: before partial files go')
      await storage.dropPartials(path)
    },
  }
}

function watchedPublication(publication: Publication, reach: (step: Step) => void): Publication {
  return {
    ...publication,
    async integrate(name, work) {
      reach('integrate: before anything')
      await publication.integrate(name, work)
      reach('integrate: after the commit')
    },
    async sign(work) {
      const made = await publication.sign(async (newest) => {
        reach('sign: with the lock')
        return await work(newest)
      })
      if (made !== null) reach('sign: after the commit')
      return made
    },
    async publish(size, text, at, work) {
      await publication.publish(size, text, at, work)
      reach('publish: after the commit')
    },
  }
}
