import type { Reading } from '../../domain/devices/facts.ts'
import { isContainer } from './read-system.ts'
import { clean, gap, gapOf, linesOf, type Sections } from './sections.ts'

/** When the run began and ended by our own clock. */
export type Span = { readonly startedAt: string; readonly endedAt: string }

/** Whether the clock follows a source, and how far it is off against ours. */
export function readTime(probe: Sections, span: Span): Reading<'time'> {
  if (isContainer(probe)) return { state: 'unreadable', gaps: [gap('time', 'inside-container')] }
  const timedatectl = fieldsOf(probe, 'timedatectl', /^([A-Za-z]{1,40})=(.{0,100})$/)
  const chrony = fieldsOf(probe, 'chrony', /^([A-Za-z ]{1,40}?)\s*: (.{0,100})$/)
  const ntp = probe.of('ntp')
  const peers = ntp.status === 0 ? linesOf(ntp.text) : []
  const offBySeconds = offBy(probe, span)
  const zone = timedatectl.get('Timezone')
  const rest = { zone: zone === undefined ? null : clean(zone), offBySeconds }
  const leap = chrony.get('Leap status')
  if (leap !== undefined) {
    const by = /\((.{1,100})\)/.exec(chrony.get('Reference ID') ?? '')?.[1]
    const facts = { ...rest, synchronised: leap !== 'Not synchronised', by: clean(by ?? 'chrony') }
    return { state: 'read', gaps: [], facts }
  }
  const peer = peers.find((line) => line.startsWith('*'))
  if (peers.length > 0) {
    const by = peer?.slice(1).trim().split(/\s+/)[0]
    const facts = {
      ...rest,
      synchronised: peer !== undefined,
      by: by === undefined ? null : clean(by),
    }
    return { state: 'read', gaps: [], facts }
  }
  const synchronised = timedatectl.get('NTPSynchronized')
  if (synchronised !== undefined) {
    const by = linesOf(probe.of('processes').text).find((name) => daemons.has(name))
    const facts = { ...rest, synchronised: synchronised === 'yes', by: by ?? null }
    return { state: 'read', gaps: [], facts }
  }
  const gaps = [gapOf('timedatectl', probe.of('timedatectl'))]
  return { state: 'read', gaps, facts: { ...rest, synchronised: null, by: null } }
}

const daemons = new Set(['chronyd', 'systemd-timesyn', 'ntpd', 'openntpd', 'ptp4l', 'phc2sys'])

function fieldsOf(probe: Sections, name: string, form: RegExp): Map<string, string> {
  const section = probe.of(name)
  if (section.status !== 0) return new Map()
  const found = linesOf(section.text).map((line) => form.exec(line))
  return new Map(
    found.flatMap((field) => (field === null ? [] : [[field[1] ?? '', field[2] ?? '']])),
  )
}

/**
 * The machine told its time, in whole seconds, at the begin and the end of the probe, and both lie
 * within our own span. So its clock is ahead by at least `end - endedAt`, or behind by at least
 * `startedAt - (begin + 1)`; where neither is positive, nothing says that it is off.
 */
function offBy(probe: Sections, span: Span): number {
  const [begin, end] = ['clock-start', 'clock-end'].map((name) => Number(probe.word(name)))
  if (begin === undefined || end === undefined) return 0
  const ahead = end - Date.parse(span.endedAt) / 1_000
  const behind = Date.parse(span.startedAt) / 1_000 - (begin + 1)
  const seconds = ahead > 0 ? ahead : behind > 0 ? -behind : 0
  return Number.isSafeInteger(Math.trunc(seconds)) ? Math.trunc(seconds) : 0
}
