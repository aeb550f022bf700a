import { alarmsOf } from './alarms.ts'
import type { Alarm } from './alarms.ts'
import type { PublisherState } from './publisher.ts'
import type { WitnessState } from './witnesses.ts'

/** Keeps the alarms of now, and has every change of them recorded as an entry. */
export type AlarmRecorder = {
  readonly update: (state: PublisherState) => void
  readonly current: () => readonly Alarm[]
  readonly idle: () => Promise<void>
}

export function alarmRecorder(
  witnesses: () => readonly WitnessState[],
  record: (alarms: readonly Alarm[]) => Promise<void>,
): AlarmRecorder {
  let current: readonly Alarm[] = []
  // Unknown at first: alarms of a former run are cleared by the first record of this one.
  let recorded: string | undefined
  let recording: Promise<void> = Promise.resolve()
  let failingSinceMs: number | undefined

  async function recordCurrent(): Promise<void> {
    const codes = current.map(({ code }) => code).join(' ')
    if (codes === recorded) return
    try {
      await record(current)
      recorded = codes
    } catch {
      // The next run tries again; until then the alarm is on the page all the same.
    }
  }
  return {
    update(state) {
      failingSinceMs = state.failure === null ? undefined : (failingSinceMs ?? performance.now())
      const failingMs = failingSinceMs === undefined ? 0 : performance.now() - failingSinceMs
      current = alarmsOf(state, witnesses(), failingMs)
      recording = recording.then(recordCurrent)
    },
    current: () => current,
    idle: () => recording,
  }
}
