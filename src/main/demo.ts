import { fictionalDirectory } from '../demo/accounts.ts'
import { playHistory } from '../demo/play.ts'
import { fictionalMachines } from '../demo/fictional-machines.ts'
import { storyClock } from '../demo/stage.ts'
import { isRefused } from '../domain/decider.ts'
import type { RelyingParty } from '../app/access/passkeys.ts'
import { systemClock } from '../app/ports.ts'
import type { House } from './house.ts'
import { StartRefusal } from './start-refusal.ts'

/** What `--demo` adds to the program: a clock that can tell of the past, and machines that answer. */
export function demonstration() {
  const clock = storyClock(systemClock)
  return { clock, connector: fictionalMachines(), directory: fictionalDirectory(), tell }

  /**
   * Plays the story on an empty house; one that was told already stays as it is.
   *
   * @throws StartRefusal for a house that belongs to a real organisation or was told only in part.
   */
  async function tell(house: House, party: RelyingParty, say: (line: string) => void) {
    const { rooms, engine, ledger } = house
    const organisation = await rooms.organisation.read()
    if (organisation !== null) clock.release()
    if (organisation === null) {
      say('Telling the story of a fictional company, once… / 架空の会社の履歴を作っています…')
      const end = systemClock.now()
      await playHistory({
        cases: { engine, ...rooms },
        clock,
        party,
        end,
        publish: async () => void (await ledger.publishNow()),
        onDay: (done, of) => {
          if (done % saidEveryDays === 0) say(`  ${Math.floor((done * 100) / of)}%`)
        },
      })
      await ledger.verify('system:ledger')
      return
    }
    if (!organisation.demonstration) {
      throw new StartRefusal('not-a-demonstration', organisation.name.en)
    }
    const { blocks } = await rooms.audit.description().then(answered)
    if (!blocks.some(({ edited }) => edited)) {
      throw new StartRefusal('demonstration-incomplete', organisation.name.en)
    }
  }
}

export type Demonstration = ReturnType<typeof demonstration>

/**
 * A link with which whoever runs the demonstration comes in, as a further security lead; null when
 * somebody has come in that way already and signs in with their passkey.
 */
export async function visitorLink({ rooms }: House): Promise<string | null> {
  const accounts = await rooms.access.accounts.list('')
  const visitor = accounts.find(({ person }) => person.email === visitorMail)
  if (visitor?.state === 'active') return null
  const host = accounts.find(({ role, state }) => role === 'administrator' && state === 'active')
  if (host === undefined) return null
  const made = await rooms.access.accounts.invite(
    {
      ...(visitor === undefined ? {} : { person: visitor.person.id }),
      name: '見学者',
      email: visitorMail,
      role: 'security-lead',
      language: 'ja',
    },
    host.person.id,
  )
  return isRefused(made) ? null : made.link
}

const visitorMail = 'visitor@hikari-managed.example'
const saidEveryDays = 25

function answered<T extends object>(answer: T): Exclude<T, { refused: string }>
function answered(answer: object): object {
  if (isRefused(answer)) throw new Error(`not answered: ${answer.refused}`)
  return answer
}
