import type { AlarmCode } from '../../domain/ledger/events.ts'
import { alarmCodes } from '../../domain/ledger/events.ts'
import type { PublisherState } from './publisher.ts'
import type { WitnessState } from './witnesses.ts'

export type Alarm = { readonly code: AlarmCode; readonly about: string }

/** A failure that passes by itself within this time alarms nobody. */
const FAILING_MS = 20_000
/** Neither does a witness that takes its time but does answer. */
const WAITING_MS = 20_000

/** How long something has been so, in milliseconds; 0 when it is not. */
export type Lasting = { readonly failingMs: number; readonly unmetMs: number }

/** What is wrong now, as the publisher and the witnesses say. */
export function alarmsOf(
  { stop, obstacle, failure, quorumMet }: PublisherState,
  witnesses: readonly WitnessState[],
  { failingMs, unmetMs }: Lasting,
): Alarm[] {
  const alarms: Alarm[] = []
  const found = stop ?? obstacle
  const code = alarmCodes.find((one) => one === found?.code)
  if (code !== undefined && found !== null) alarms.push({ code, about: found.about })
  else if (failure !== null && failingMs >= FAILING_MS) {
    alarms.push({ code: 'ledger-publishing-fails', about: failure })
  }
  const isHoped = witnesses.some(({ isWaiting }) => isWaiting) && unmetMs < WAITING_MS
  if (quorumMet === false && !isHoped) {
    const missing = witnesses.filter(({ state }) => state !== 'cosigned')
    const about = missing.map(({ name, message }) => `${name}: ${message ?? 'no answer yet'}`)
    alarms.push({ code: 'ledger-quorum-unmet', about: about.join('; ') })
  }
  const contradicting = witnesses.filter(({ contradicts }) => contradicts)
  if (contradicting.length > 0) {
    const about = contradicting.map(({ name, message }) => `${name}: ${message ?? ''}`).join('; ')
    alarms.push({ code: 'ledger-witness-contradicts', about })
  }
  return alarms
}
