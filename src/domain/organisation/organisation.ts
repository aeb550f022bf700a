import { refuse, type Decider } from '../decider.ts'
import { categories, type Category, type OrganisationEvent } from './events.ts'

export type OrganisationCommand =
  | {
      readonly type: 'set-up'
      readonly name: { readonly ja: string; readonly en: string }
      readonly timeZone: string
      readonly categories: readonly Category[]
      readonly demonstration: boolean
    }
  | {
      readonly type: 'change-scope'
      readonly categories: readonly Category[]
      readonly reason: string
    }

export type Organisation =
  | { readonly state: 'absent' }
  | { readonly state: 'set-up'; readonly categories: readonly Category[] }

export type OrganisationRefusal =
  | 'organisation-set-up-already'
  | 'organisation-not-set-up'
  | 'scope-without-security'
  | 'time-zone-unsupported'

type Decision = ReturnType<
  Decider<OrganisationCommand, Organisation, OrganisationEvent, OrganisationRefusal>['decide']
>

/** The organisation that this installation serves: set up once; its scope changes with a reason. */
export const organisation: Decider<
  OrganisationCommand,
  Organisation,
  OrganisationEvent,
  OrganisationRefusal
> = {
  initial: { state: 'absent' },
  decide(command, now) {
    const wanted = inOrder(command.categories)
    if (!wanted.includes('security')) return refuse('scope-without-security', 'categories')
    switch (command.type) {
      case 'set-up':
        return setUp(command, wanted, now)
      case 'change-scope': {
        if (now.state === 'absent') return refuse('organisation-not-set-up')
        if (now.categories.join() === wanted.join()) return []
        return [
          {
            type: 'organisation.scope-changed.v1',
            from: [...now.categories],
            to: wanted,
            reason: command.reason,
          },
        ]
      }
    }
  },
  evolve(_, event) {
    switch (event.type) {
      case 'organisation.set-up.v1':
        return { state: 'set-up', categories: event.categories }
      case 'organisation.scope-changed.v1':
        return { state: 'set-up', categories: event.to }
    }
  },
}

function setUp(
  command: Extract<OrganisationCommand, { type: 'set-up' }>,
  wanted: Category[],
  now: Organisation,
): Decision {
  if (now.state !== 'absent') return refuse('organisation-set-up-already')
  if (!isTimeZone(command.timeZone)) return refuse('time-zone-unsupported', 'timeZone')
  const { name, timeZone, demonstration } = command
  return [{ type: 'organisation.set-up.v1', name, timeZone, categories: wanted, demonstration }]
}

/** The same set is always written the same way. */
function inOrder(chosen: readonly Category[]): Category[] {
  return categories.filter((category) => chosen.includes(category))
}

/**
 * A name such as `Asia/Tokyo` or `UTC`. Offsets such as `+09:00` are no places: they know no summer
 * time, and PostgreSQL reads their sign the other way round.
 */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
