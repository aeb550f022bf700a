import { listLimits, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import {
  clean,
  gap,
  gapOf,
  linesOf,
  unreadable,
  type Section,
  type SectionFile,
  type Sections,
} from './sections.ts'

type Manager = 'dpkg' | 'rpm' | 'apk'
type Package = [name: string, version: string, architecture: string]

/** The package manager in use, or null when it is none that we know. */
export function managerOf(probe: Sections): Manager | null {
  const word = probe.word('package-manager')
  return word === 'dpkg' || word === 'rpm' || word === 'apk' ? word : null
}

/** What is installed, and whether it may come from where nobody signs. */
export function readPackages(probe: Sections): Reading<'packages'> {
  const manager = managerOf(probe)
  if (manager === null) {
    return { state: 'unreadable', gaps: [gap('package-manager', 'not-supported')] }
  }
  const section = probe.of('packages')
  if (section.status !== 0) return unreadable('packages', section)
  const lines = linesOf(section.text).filter((line) => line !== '')
  const list = manager === 'apk' ? apkPackages(lines) : tabbedPackages(lines)
  if (list.length === 0) {
    return { state: 'unreadable', gaps: [gap('packages', 'malformed', lines[0])] }
  }
  if (list.length > listLimits.packages) {
    return { state: 'unreadable', gaps: [gap('packages', 'too-many', String(list.length))] }
  }
  const gaps: Gap[] = []
  const unsignedSources = unsignedOf(manager, probe.of('package-sources'), gaps)
  return { state: 'read', gaps, facts: { manager, list, unsignedSources } }
}

/** `status TAB name TAB version TAB architecture`; only what is installed counts. */
function tabbedPackages(lines: readonly string[]): Package[] {
  return lines.flatMap((line): Package[] => {
    const [status = '', name = '', version = '', architecture = '', ...more] = line.split('\t')
    if (status[1] !== 'i' || name === '' || version === '' || more.length > 0) return []
    return [[clean(name), clean(version), clean(architecture)]]
  })
}

/** `name-1.2.3-r4` */
function apkPackages(lines: readonly string[]): Package[] {
  return lines.flatMap((line): Package[] => {
    const parts = /^(.{1,200})-([^-]{1,100}-r[0-9]{1,6})$/.exec(line.trim())
    return parts === null ? [] : [[clean(parts[1] ?? ''), clean(parts[2] ?? ''), '']]
  })
}

function unsignedOf(manager: Manager, section: Section, gaps: Gap[]): string[] | null {
  if (manager === 'apk' || section.status !== 0) {
    // apk verifies every index unless it is told otherwise at each call, which leaves no trace.
    gaps.push(
      manager === 'apk'
        ? gap('package-sources', 'not-supported')
        : gapOf('package-sources', section),
    )
    return null
  }
  const read = manager === 'dpkg' ? unsignedAptSources : unsignedYumSources
  return section.files.flatMap(read).slice(0, listLimits.settings)
}

function unsignedAptSources({ path, text }: SectionFile): string[] {
  if (!path.startsWith('/etc/apt/')) return []
  if (path.endsWith('.sources')) {
    return text
      .split(/\n[ \t]*\n/)
      .filter((stanza) => /^(trusted|allow-insecure):[ \t]*yes/im.test(stanza))
      .map((stanza) => {
        const address = /^uris:[ \t]*(\S{1,300})/im.exec(stanza)?.[1] ?? ''
        return clean(`${path}: ${address}`)
      })
  }
  return linesOf(text)
    .filter((line) => /^\s*deb\b[^[]{0,40}\[[^\]]*\b(trusted|allow-insecure)=yes/i.test(line))
    .map((line) => clean(`${path}: ${line.trim()}`))
}

/** A repository is unsigned when `gpgcheck` is off for it, or off by default and not on for it. */
function unsignedYumSources({ path, text }: SectionFile): string[] {
  const sections: { name: string; enabled: boolean; checked: boolean | null }[] = []
  for (const line of linesOf(text)) {
    const name = /^\s*\[([^\]]{1,200})\]/.exec(line)?.[1]
    if (name !== undefined) sections.push({ name, enabled: true, checked: null })
    const field = /^\s*(gpgcheck|enabled)\s*=\s*(\S{1,20})/i.exec(line)
    const last = sections.at(-1)
    if (field === null || last === undefined) continue
    const on = /^(1|yes|true|on)$/i.test(field[2] ?? '')
    if (field[1]?.toLowerCase() === 'enabled') last.enabled = on
    else last.checked = on
  }
  return sections
    .filter((section) => section.enabled && section.checked === false)
    .map((section) => clean(`${path}: [${section.name}]`))
}
