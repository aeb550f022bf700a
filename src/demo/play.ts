import { accountDeeds } from './accounts.ts'
import { calendarUntil, storyDays } from './calendar.ts'
import { createCast } from './cast.ts'
import { controllingDeeds } from './controlling.ts'
import { customerDeeds } from './customers.ts'
import { foundingDeeds } from './founding.ts'
import { observingDeeds } from './observing.ts'
import { practiceDeeds } from './practice.ts'
import { reportingDeeds } from './reporting.ts'
import type { Stage, StageCases, StoryClock } from './stage.ts'

export type Play = {
  readonly cases: StageCases
  readonly clock: StoryClock
  /** Of the installation, for the passkeys. */
  readonly party: { readonly rpId: string; readonly origin: string }
  /** The real time at which the story ends. */
  readonly end: Date
  /** Signs and publishes what was recorded so far. */
  readonly publish: () => Promise<void>
  /** `done` of `of` days are told. */
  readonly onDay: (done: number, of: number) => void
}

/** Only fictional people use these passkeys, so that their secret needs to be none. */
const seed = new TextEncoder().encode('the demonstration of Arinomama')

/**
 * Plays fourteen months of a fictional managed-service provider: 60 people, 12 customers, good and
 * bad. Every entry comes from a real command at a past time, and every signature is one.
 */
export async function playHistory(play: Play): Promise<void> {
  const { cases, clock, party, end, publish, onDay } = play
  const stage: Stage = {
    ...cases,
    calendar: calendarUntil(end),
    cast: createCast({ seed, ...party }),
  }
  const deeds = [
    ...foundingDeeds(stage),
    ...practiceDeeds(),
    ...controllingDeeds(),
    ...observingDeeds(),
    ...reportingDeeds(),
    ...customerDeeds(),
    ...accountDeeds(),
  ].map((deed) => ({ ...deed, instant: stage.calendar.at(deed.day, deed.time) }))
  deeds.sort((a, b) => a.instant.localeCompare(b.instant))
  let told = -1
  for (const deed of deeds) {
    if (Date.parse(deed.instant) > end.getTime()) continue
    if (deed.day !== told) {
      told = deed.day
      onDay(Math.min(told, storyDays), storyDays)
      if (told % publishEveryDays === 0) await publish()
    }
    clock.set(deed.instant)
    await deed.run(stage)
  }
  await cases.customers.notices.settled()
  await publish()
  clock.release()
}

const publishEveryDays = 7
