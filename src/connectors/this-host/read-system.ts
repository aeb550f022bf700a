import type { Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { clean, gap, gapOf, instantOfSeconds, linesOf, type Sections } from './sections.ts'
import { supportEndOf } from './support-ends.ts'

/** What the machine is: its release, kernel, start and who looked. */
export function readSystem(probe: Sections): Reading<'system'> {
  const release = osRelease(probe)
  const kernel = probe.word('kernel') ?? ''
  const restart = rebootPending(linesOf(probe.of('restart').text), kernel)
  const gaps: Gap[] = []
  if (release === null) gaps.push(gapOf('os-release', probe.of('os-release')))
  const { id, version, name } = release ?? { id: '', version: '', name: '' }
  const virtualisation = probe.word('virtualisation')
  if (virtualisation === null) gaps.push(gap('virtualisation', 'tool-missing'))
  return {
    state: 'read',
    gaps,
    facts: {
      hostname: clean(probe.word('hostname') ?? ''),
      os: { id: clean(id), version: clean(version), name: clean(name) },
      supportEnds: supportEndOf(id, version),
      kernel: clean(kernel),
      architecture: clean(probe.word('architecture') ?? ''),
      virtualisation: virtualisation === null ? null : clean(virtualisation),
      container: isContainer(probe),
      bootedAt: instantOfSeconds(probe.word('boot-time')),
      rebootPending: restart,
      observer: { account: clean(probe.word('user') ?? ''), root: probe.word('uid') === '0' },
    },
  }
}

const containers = new Set([
  'docker',
  'podman',
  'lxc',
  'lxc-libvirt',
  'openvz',
  'systemd-nspawn',
  'rkt',
  'wsl',
  'proot',
  'pouch',
  'container-other',
])

/** Within a container, what belongs to the machine below (disks, audit, clock) cannot be seen. */
export function isContainer(probe: Sections): boolean {
  return probe.word('container') === 'yes' || containers.has(probe.word('virtualisation') ?? '')
}

/** Whether the disks may be a provider's, encrypted or not below what the machine sees. */
export function isVirtual(probe: Sections): boolean {
  return probe.word('virtualisation') !== 'none'
}

function unquoted(text: string): string {
  const inside = /^"(.*)"$|^'(.*)'$/.exec(text)
  return (inside?.[1] ?? inside?.[2] ?? text).replace(/\\(.)/g, '$1')
}

function osRelease(probe: Sections) {
  const section = probe.of('os-release')
  if (section.status !== 0) return null
  const fields = new Map<string, string>()
  for (const line of linesOf(section.text)) {
    const field = /^([A-Z_]{1,40})=(.{0,300})$/.exec(line.trim())
    if (field !== null) fields.set(field[1] ?? '', unquoted(field[2] ?? ''))
  }
  const id = fields.get('ID')
  if (id === undefined) return null
  const version = fields.get('VERSION_ID') ?? ''
  return { id, version, name: fields.get('PRETTY_NAME') ?? `${id} ${version}` }
}

/**
 * True when the distribution says so or a newer kernel of the same flavour is installed than runs;
 * null when the running kernel is none of those installed, as in a container.
 */
function rebootPending(lines: readonly string[], running: string): boolean | null {
  if (lines.includes('required')) return true
  const kernels = lines.flatMap((line) => (line.startsWith('kernel ') ? [line.slice(7)] : []))
  if (!kernels.includes(running)) return null
  const flavour = flavourOf(running)
  return kernels.some(
    (kernel) => flavourOf(kernel) === flavour && compareVersions(kernel, running) > 0,
  )
}

const flavourOf = (kernel: string) => kernel.replace(/[0-9]+/g, '')

const collator = new Intl.Collator('en', { numeric: true })
const compareVersions = (one: string, other: string) => collator.compare(one, other)
