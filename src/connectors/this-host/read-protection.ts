import type { FactsOf, Reading } from '../../domain/devices/facts.ts'
import { isContainer } from './read-system.ts'
import {
  ABSENT,
  clean,
  gap,
  gapOf,
  linesOf,
  unreadable,
  wholeNumber,
  type Sections,
} from './sections.ts'

/** Processes of other products; a process says that it runs, and nothing more. */
const otherProducts: Readonly<Record<string, string>> = {
  'falcon-sensor': 'CrowdStrike Falcon',
  wdavdaemon: 'Microsoft Defender',
  mdatp: 'Microsoft Defender',
  ds_agent: 'Trend Micro Deep Security',
  ds_am: 'Trend Micro Deep Security',
  sentinelone: 'SentinelOne',
  's1-agent': 'SentinelOne',
  savd: 'Sophos',
  sophos_threat_d: 'Sophos',
  sisamddaemon: 'Symantec Endpoint Protection',
  esets_daemon: 'ESET',
  oaeventd: 'ESET',
  cbagentd: 'Carbon Black',
  ampdaemon: 'Cisco Secure Endpoint',
}

/** ClamAV and the age of what it knows; the names of other products that run. */
export function readAntivirus(probe: Sections): Reading<'antivirus'> {
  const processes = processesOf(probe)
  const others = Object.entries(otherProducts).flatMap(([process, name]) =>
    processes.has(process.slice(0, 15)) ? [name] : [],
  )
  const facts = { clamav: clamavOf(probe, processes), others: [...new Set(others)].sort() }
  const section = probe.of('clamav')
  if (section.status !== 0 && section.status !== ABSENT) return unreadable('clamav', section)
  return { state: 'read', gaps: [], facts }
}

/**
 * `ClamAV 1.4.3/27800/Tue Oct 21 08:46:03 2025`, and the header of the database itself:
 * `ClamAV-VDB:21 Oct 2025 04-46 -0400:27800:…`.
 */
function clamavOf(probe: Sections, processes: ReadonlySet<string>): FactsOf<'antivirus'>['clamav'] {
  const section = probe.of('clamav')
  if (section.status !== 0) return null
  const [, version, number, said] =
    /^ClamAV ([^/\s]{1,60})(?:\/([0-9]{1,9})\/(.{1,60}))?$/m.exec(section.text) ?? []
  const header =
    /^header ClamAV-VDB:([0-9]{1,2} \w{3} [0-9]{4}) ([0-9]{2})-([0-9]{2}) ([+-][0-9]{4}):([0-9]{1,9}):/m.exec(
      section.text,
    )
  const built = header === null ? said : `${header[1]} ${header[2]}:${header[3]}:00 ${header[4]}`
  const at = built === undefined ? Number.NaN : Date.parse(header === null ? `${built} UTC` : built)
  return {
    version: clean(version ?? ''),
    database: wholeNumber(header?.[5] ?? number),
    updatedAt: Number.isNaN(at) ? null : new Date(at).toISOString(),
    running: processes.has('clamd'),
    updating: processes.has('freshclam'),
  }
}

/** Whether the kernel's audit runs, with rules, from boot, and whether it lost records. */
export function readAudit(probe: Sections): Reading<'audit'> {
  const status = probe.of('audit-status')
  const rules = probe.of('audit-rules')
  const running = processesOf(probe).has('auditd')
  if (!running && isContainer(probe)) {
    return { state: 'unreadable', gaps: [gap('audit', 'inside-container')] }
  }
  const gaps = []
  if (running && status.status !== 0) gaps.push(gapOf('audit-status', status))
  if (running && rules.status !== 0) gaps.push(gapOf('audit-rules', rules))
  const number = (name: string) =>
    status.status === 0
      ? wholeNumber(new RegExp(`\\b${name}[= ]([0-9]{1,9})\\b`).exec(status.text)?.[1])
      : null
  const listed = linesOf(rules.text).filter((line) => line.startsWith('-'))
  const boot = probe.of('boot-arguments')
  return {
    state: 'read',
    gaps,
    facts: {
      running,
      enabled: number('enabled'),
      rules: rules.status === 0 ? listed.length : null,
      lost: number('lost'),
      fromBoot: boot.status === 0 ? linesOf(boot.text).includes('audit=1') : null,
    },
  }
}

function processesOf(probe: Sections): ReadonlySet<string> {
  return new Set(linesOf(probe.of('processes').text))
}
