import { areas, type Area } from '../../domain/devices/areas.ts'
import { readings, type Reading, type Readings } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { readAccounts } from './read-accounts.ts'
import { readDisks } from './read-disks.ts'
import { readFirewall } from './read-firewall.ts'
import { readPackages } from './read-packages.ts'
import { readPasswords } from './read-passwords.ts'
import { readAntivirus, readAudit } from './read-protection.ts'
import { readSockets } from './read-sockets.ts'
import { readSsh } from './read-ssh.ts'
import { readSudo } from './read-sudo.ts'
import { readSystem } from './read-system.ts'
import { readTime, type Span } from './read-time.ts'
import { readUpdates } from './read-updates.ts'
import { gap, parseSections, type Sections } from './sections.ts'

/** What one run of the probe shows, or why it shows nothing. */
export type Facts =
  | { readonly host: string; readonly readings: Readings }
  | { readonly failed: 'output-malformed' | 'host-unidentified' | 'system-unsupported' }

/** Reads the facts out of what the probe printed. Pure: the same bytes give the same facts. */
export function readFacts(output: string, boundary: string, span: Span): Facts {
  const probe = parseSections(output, boundary)
  if (probe === null) return { failed: 'output-malformed' }
  if (probe.word('system') !== 'Linux') return { failed: 'system-unsupported' }
  const host = /^([0-9a-f]{64})(\s|$)/.exec(probe.word('machine-id') ?? '')?.[1]
  if (host === undefined) return { failed: 'host-unidentified' }
  return { host: host.slice(0, 32), readings: readAll(probe, span) }
}

function readAll(probe: Sections, span: Span): Readings {
  const sockets = settled('sockets', readSockets(probe))
  return {
    system: settled('system', readSystem(probe)),
    packages: settled('packages', readPackages(probe)),
    updates: settled('updates', readUpdates(probe, span)),
    sockets,
    ssh: settled('ssh', readSsh(probe, sockets.state === 'read' ? sockets.facts.list : [])),
    accounts: settled('accounts', readAccounts(probe)),
    sudo: settled('sudo', readSudo(probe)),
    passwords: settled('passwords', readPasswords(probe)),
    time: settled('time', readTime(probe, span)),
    disks: settled('disks', readDisks(probe)),
    antivirus: settled('antivirus', readAntivirus(probe)),
    audit: settled('audit', readAudit(probe)),
    firewall: settled('firewall', readFirewall(probe)),
  }
}

type Unreadable = { state: 'unreadable'; gaps: Gap[] }

/** Whatever a machine says, what is kept has the form of facts; otherwise the area is unreadable. */
function settled<A extends Area>(area: A, reading: Reading<A>): Reading<A> | Unreadable {
  const checked = readings[area].safeParse(reading)
  if (checked.success) return reading
  const where = checked.error.issues[0]?.path.join('.')
  const gaps = [gap(area, 'malformed', where)]
  return { state: 'unreadable', gaps }
}

/** Number of facts: what an auditor would count as looked at. */
export function countFacts(all: Readings): number {
  return areas.reduce((sum, area) => {
    const reading = all[area]
    return reading.state === 'read' ? sum + leaves(reading.facts) : sum
  }, 0)
}

/** A row of a list counts once, every other field once. */
function leaves(facts: object): number {
  return Object.values(facts).reduce<number>((sum, value: unknown) => {
    if (Array.isArray(value)) return sum + value.length
    if (typeof value === 'object' && value !== null) return sum + Object.keys(value).length
    return sum + 1
  }, 0)
}
