import { listLimits, type PendingUpdate, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { managerOf } from './read-packages.ts'
import type { Span } from './read-time.ts'
import {
  clean,
  gap,
  gapOf,
  instantOfSeconds,
  linesOf,
  unreadable,
  type Section,
  type Sections,
} from './sections.ts'

/** What would be installed now, how fresh that knowledge is, and whether security has a source. */
export function readUpdates(probe: Sections, span: Span): Reading<'updates'> {
  switch (managerOf(probe)) {
    case 'dpkg':
      return readApt(probe, span)
    case 'rpm':
      return readDnf(probe, span)
    case 'apk':
      return readApk(probe, span)
    case null:
      return { state: 'unreadable', gaps: [gap('package-manager', 'not-supported')] }
  }
}

function readApt(probe: Sections, span: Span): Reading<'updates'> {
  const section = probe.of('updates')
  if (section.status !== 0) return unreadable('updates', section)
  const pending = linesOf(section.text).flatMap(aptUpdate)
  const lists = probe.of('update-lists')
  const releases = lists.text.split(/^release$/m).slice(1)
  const security = releases.some((text) => /^(Label|Suite|Codename): .*security/im.test(text))
  return settle(pending, ageOf(lists, span), lists.status === 0 ? security : null)
}

/** `Inst name [installed] (candidate origin, origin [architecture])`; a new package has no `[…]`. */
function aptUpdate(line: string): PendingUpdate[] {
  const found = /^Inst (\S{1,200}) \[(\S{1,200})\] \((\S{1,200}) ([^[\]()]{0,400})/.exec(line)
  if (found === null) return []
  const [, name = '', installed = '', candidate = '', origins = ''] = found
  return [update(name, installed, candidate, /security/i.test(origins))]
}

function readDnf(probe: Sections, span: Span): Reading<'updates'> {
  const section = probe.of('updates')
  // check-update ends with 100 when something is pending.
  if (section.status !== 0 && section.status !== 100) return unreadable('updates', section)
  const advisories = probe.of('update-advisories')
  const file = (name: string) => advisories.files.find(({ path }) => path === name)?.text ?? ''
  const known = advisories.status === 0 && /\S/.test(file('any'))
  const issued = new Map<string, string | null>()
  for (const line of linesOf(file('pending'))) {
    const advisory = dnfAdvisory(line)
    if (advisory !== null) issued.set(advisory.package, advisory.issued)
  }
  const pending = linesOf(section.text).flatMap((line): PendingUpdate[] => {
    const found = /^(\S{1,200})\.([a-z0-9_]{2,20}) +(\S{1,200}) +\S{1,200} *$/.exec(line)
    if (found === null) return []
    const [, name = '', , candidate = ''] = found
    const at = issued.get(name)
    const one = update(name, '', candidate, known ? at !== undefined : null)
    return [at === undefined || at === null ? one : { ...one, since: at, sinceKnown: true }]
  })
  const gaps = known ? [] : [gapOf('update-advisories', advisories)]
  const age = ageOf(probe.of('update-lists'), span)
  return settle(pending, age, known ? true : null, gaps)
}

/**
 * `RHSA-2024:1234 Important/Sec. openssl-1:3.0.7-25.el9.x86_64` (dnf 4, yum), or the columns name,
 * type, severity, package, day and time of issue (dnf 5).
 */
function dnfAdvisory(line: string): { package: string; issued: string | null } | null {
  const words = line.trim().split(/ +/)
  const nevra = words.find((word) => /-[0-9][^-]*-[^-]+\.[a-z0-9_]+$/.test(word))
  const name = nevra === undefined ? undefined : /^(.+)-[^-]+-[^-]+$/.exec(nevra)?.[1]
  if (name === undefined) return null
  const day = words.find((word) => /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(word))
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`)
  return { package: name, issued: Number.isNaN(at) ? null : new Date(at).toISOString() }
}

/** `name-1.0-r0 < 1.1-r0`; apk does not say which of them are about security. */
function readApk(probe: Sections, span: Span): Reading<'updates'> {
  const section = probe.of('updates')
  if (section.status !== 0) return unreadable('updates', section)
  const pending = linesOf(section.text).flatMap((line): PendingUpdate[] => {
    const found = /^(\S{1,200})-([^-\s]{1,100}-r[0-9]{1,6}) +< +(\S{1,200})/.exec(line.trim())
    if (found === null) return []
    const [, name = '', installed = '', candidate = ''] = found
    return [update(name, installed, candidate, null)]
  })
  const gaps = [gap('update-advisories', 'not-supported')]
  return settle(pending, ageOf(probe.of('update-lists'), span), null, gaps)
}

function update(
  name: string,
  installed: string,
  candidate: string,
  security: boolean | null,
): PendingUpdate {
  return {
    package: clean(name),
    installed: clean(installed),
    candidate: clean(candidate),
    security,
    since: null,
    sinceKnown: false,
  }
}

function settle(
  pending: PendingUpdate[],
  listsAgeDays: number | Gap,
  securitySource: boolean | null,
  gaps: Gap[] = [],
): Reading<'updates'> {
  if (pending.length > listLimits.pending) {
    return { state: 'unreadable', gaps: [gap('updates', 'too-many', String(pending.length))] }
  }
  if (typeof listsAgeDays === 'number') {
    return { state: 'read', gaps, facts: { listsAgeDays, securitySource, pending } }
  }
  const facts = { listsAgeDays: null, securitySource, pending }
  return { state: 'read', gaps: [...gaps, listsAgeDays], facts }
}

function ageOf(lists: Section, span: Span): number | Gap {
  const at = latestOf(lists.text)
  if (at === null) return gapOf('update-lists', lists)
  return Math.max(0, Math.floor((Date.parse(span.startedAt) - Date.parse(at)) / 86_400_000))
}

/** The latest of the times at which the lists changed or say that they were made. */
function latestOf(text: string): string | null {
  const instants = linesOf(text).flatMap((line) => {
    if (line.startsWith('changed ')) return [instantOfSeconds(line.slice(8))]
    const made = line.startsWith('Date: ') ? Date.parse(line.slice(6, 60)) : Number.NaN
    return Number.isNaN(made) ? [] : [new Date(made).toISOString()]
  })
  return instants.reduce(
    (latest, at) => (latest === null || (at ?? '') > latest ? at : latest),
    null,
  )
}
