import type { Blobs } from '../ports.ts'
import type { Projection, ViewWriter } from '../projection.ts'
import { EngineError } from './engine-error.ts'
import type { Decoded, Rooms } from './rooms.ts'
import { roomNameOf } from './rooms.ts'
import type { ViewBuild, ViewWrite } from './store.ts'

/** Turns entries into writes of views. */
export type Projector = {
  readonly projections: readonly Projection[]
  /** What these entries change, in order. */
  project(decoded: readonly Decoded[], of?: readonly Projection[]): Promise<ViewWrite[]>
  /** Fills views from the entries `from` to `to`; says what it has read on the way. */
  fill(
    build: ViewBuild,
    from: number,
    to: number,
    of?: readonly Projection[],
    onRead?: (decoded: readonly Decoded[]) => void,
  ): Promise<void>
  /** Projections that may show personal data: those that read a room that has any. */
  personal(): Projection[]
}

const entriesPerRead = 1_000

export function createProjector(
  projections: readonly Projection[],
  rooms: Rooms,
  blobs: Blobs,
): Projector {
  const project: Projector['project'] = async (decoded, of = projections) => {
    const writes: ViewWrite[] = []
    const writer = gatherInto(writes, blobs)
    for (const { event, origin } of decoded) {
      const room = roomNameOf(event.type)
      for (const projection of of) {
        if (!projection.rooms.includes(room)) continue
        try {
          await projection.apply(event, origin, writer)
        } catch (error) {
          throw failed(projection, event.type, origin.seq, error)
        }
      }
    }
    return writes
  }
  return {
    projections,
    project,
    async fill(build, from, to, of = projections, onRead = () => {}) {
      const read = new Set(of.flatMap((projection) => projection.rooms))
      const readAt = (at: number) => {
        const read = build.entries(at, Math.min(at + entriesPerRead, to))
        // When applying what came before fails, nobody waits for this one any more.
        read.catch(() => {})
        return read
      }
      let next = readAt(from)
      let writing = Promise.resolve()
      for (let at = from; at < to; at += entriesPerRead) {
        const stored = await next
        // The database reads ahead, and writes what came before, while these are applied.
        next = readAt(Math.min(at + entriesPerRead, to))
        const decoded = await rooms.decode(stored, build.personKeys, (room) => read.has(room))
        onRead(decoded)
        const writes = await project(decoded, of)
        await writing
        writing = build.write(writes)
        // It is awaited one turn later; until then its failure is nobody's.
        writing.catch(() => {})
      }
      await writing
      await next
    },
    personal() {
      const holding = rooms.all().filter(({ room }) => Object.keys(room.personal).length > 0)
      const names = new Set(holding.map(({ room }) => room.name))
      return projections.filter((projection) => projection.rooms.some((room) => names.has(room)))
    },
  }
}

function gatherInto(writes: ViewWrite[], blobs: Blobs): ViewWriter {
  return {
    async put(table, row) {
      writes.push({ kind: 'put', table, row })
    },
    async patch(table, key, row) {
      writes.push({ kind: 'patch', table, key, row })
    },
    async remove(table, row) {
      writes.push({ kind: 'remove', table, row })
    },
    blob: (sha256) => blobs.get(sha256),
  }
}

function failed(projection: Projection, type: string, seq: number, cause: unknown): EngineError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new EngineError(
    'event-invalid',
    `The projection ${projection.name} cannot apply entry ${seq} (${type}): ${why}`,
    { cause },
  )
}
