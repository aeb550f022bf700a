import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SigningKey, VerifierKey } from './keys.ts'
import { decideAddCheckpoint, monitoringPath, originOfAddCheckpoint } from './witness.ts'
import type { WitnessAnswer } from './witness.ts'

/** A witness whose memory is a folder: the newest checkpoint of each log, and nothing else. */
export type Witness = {
  /**
   * Answers a request to `add-checkpoint`. When it answers 200, what it has cosigned is on the disk.
   * Rejects when the disk does not take it: then nothing was cosigned.
   */
  readonly addCheckpoint: (request: Uint8Array) => Promise<WitnessAnswer>
  /** The newest cosigned checkpoint at a path below the monitoring prefix; null when there is none. */
  readonly read: (path: string) => Promise<Uint8Array | null>
}

/** Only one process at a time may use the folder: whoever opens it sees to that. */
export function openWitness(options: {
  readonly folder: string
  readonly key: SigningKey
  readonly logs: readonly VerifierKey[]
  readonly nowS: () => number
}): Witness {
  const { folder, key, nowS } = options
  const logs = new Map<string, VerifierKey[]>()
  for (const log of options.logs) logs.set(log.name, [...(logs.get(log.name) ?? []), log])
  /** The end of what is being done about each origin: a request waits for the one before it. */
  const turns = new Map<string, Promise<unknown>>()

  async function answer(request: Uint8Array, origin: string | undefined): Promise<WitnessAnswer> {
    const isKnown = origin !== undefined && logs.has(origin)
    const path = isKnown ? join(folder, monitoringPath(origin)) : undefined
    const stored = path === undefined ? undefined : await readStored(path)
    const decided = decideAddCheckpoint({ request, logs, stored, key, nowS: nowS() })
    if (decided.store !== undefined && path !== undefined) await keep(path, decided.store)
    return decided
  }

  return {
    async addCheckpoint(request) {
      const origin = originOfAddCheckpoint(request)
      if (origin === undefined || !logs.has(origin)) return await answer(request, origin)
      const before = turns.get(origin) ?? Promise.resolve()
      const mine = before.then(
        () => answer(request, origin),
        () => answer(request, origin),
      )
      turns.set(origin, mine)
      try {
        return await mine
      } finally {
        if (turns.get(origin) === mine) turns.delete(origin)
      }
    },
    async read(path) {
      if (![...logs.keys()].some((origin) => monitoringPath(origin) === path)) return null
      return (await readStored(join(folder, path))) ?? null
    },
  }
}

async function readStored(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Write, fsync, rename, fsync the folder: after a power cut it is the old one or the new one. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const temporary = `${path}.tmp`
  const file = await open(temporary, 'w', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  for (const made of [folder, dirname(folder)]) await syncFolder(made)
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders and keeps names by itself.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
