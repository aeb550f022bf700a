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
  const failing = stopwatch()
  const unmet = stopwatch()

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
      current = alarmsOf(state, witnesses(), {
        failingMs: failing(state.failure !== null),
        unmetMs: unmet(state.quorumMet === false),
      })
      recording = recording.then(recordCurrent)
    },
    current: () => current,
    idle: () => recording,
  }
}

/** Told again and again whether something is so, answers for how long it has been. */
function stopwatch(): (isSo: boolean) => number {
  let sinceMs: number | undefined
  return (isSo) => {
    sinceMs = isSo ? (sinceMs ?? performance.now()) : undefined
    return sinceMs === undefined ? 0 : performance.now() - sinceMs
  }
}
