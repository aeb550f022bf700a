import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import type { SignInFailure } from '../../domain/access/events.ts'
import type { RoomHandle } from '../engine/engine.ts'

type Counted = { readonly reason: SignInFailure; readonly person: string | null; attempts: number }

const kindsMax = 5_000

/**
 * Counts sign-ins that failed and writes one entry for each kind now and then: every attempt is in
 * the ledger, and nobody can flood it by trying.
 */
export class FailedSignIns {
  readonly #room: RoomHandle<AccessCommand, Access, AccessRefusal>
  #counted = new Map<string, Counted>()

  constructor(room: RoomHandle<AccessCommand, Access, AccessRefusal>) {
    this.#room = room
  }

  /** `person` is whose passkey it was, when it is somebody's. */
  count(reason: SignInFailure, person: string | null): void {
    const key = `${reason} ${person ?? ''}`
    const counted = this.#counted.get(key)
    if (counted !== undefined) counted.attempts += 1
    else if (this.#counted.size < kindsMax) this.#counted.set(key, { reason, person, attempts: 1 })
  }

  /** Writes what was counted since the last time. */
  async record(): Promise<void> {
    const counted = [...this.#counted.values()]
    this.#counted = new Map()
    for (const { reason, person, attempts } of counted) {
      await this.#room.handle(
        { type: 'record-failed-sign-ins', reason, person, attempts },
        { by: 'system:access' },
      )
    }
  }
}
