import { storyDays } from './calendar.ts'
import { numbers, sign } from './cast.ts'
import { filledIn } from './filled-in.ts'
import { must, type Deed, type Stage } from './stage.ts'

/** The description of the system, and management's assertion for the day before the last. */
export function reportingDeeds(): Deed[] {
  return [
    { day: 310, time: '10:00', run: (at) => describe(at, 0, 8) },
    { day: 345, time: '10:00', run: (at) => describe(at, 8, Number.POSITIVE_INFINITY) },
    { day: storyDays, time: '07:30', run: assert },
  ]
}

/** One block is left as the starter text, with its place to fill in. */
const leftOpen = 'subservice-organisations'

async function describe(stage: Stage, from: number, to: number): Promise<void> {
  const { audit, cast } = stage
  const { blocks } = must(await audit.description())
  for (const { id, text, version } of blocks.slice(from, to)) {
    if (id === leftOpen) continue
    const written = { ja: filledIn(text.ja, id, 'ja'), en: filledIn(text.en, id, 'en') }
    must(
      await audit.writeDescription(
        { block: id, text: written, version },
        cast.id(numbers.securityStaff),
      ),
    )
  }
}

async function assert(stage: Stage): Promise<void> {
  const asOf = stage.calendar.date(storyDays - 1)
  for (const language of ['ja', 'en'] as const) {
    await sign(stage, numbers.president, 'administrator', {
      act: 'sign-assertion',
      asOf,
      language,
    })
  }
}
