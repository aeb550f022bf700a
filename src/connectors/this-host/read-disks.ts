import { z } from 'zod'
import { listLimits, type FactsOf, type Reading } from '../../domain/devices/facts.ts'
import { isContainer, isVirtual } from './read-system.ts'
import { clean, gap, gapOf, linesOf, unreadable, type Sections } from './sections.ts'

type Volume = FactsOf<'disks'>['volumes'][number]

const DEPTH_MAX = 12

const device = z.object({
  name: z.string(),
  type: z.string().nullish(),
  fstype: z.string().nullish(),
  mountpoint: z.string().nullish(),
  children: z.array(z.unknown()).optional(),
})
const devices = z.object({ blockdevices: z.array(z.unknown()) })

/** What is mounted from disks, and whether dm-crypt lies below it. */
export function readDisks(probe: Sections): Reading<'disks'> {
  if (isContainer(probe)) return { state: 'unreadable', gaps: [gap('disks', 'inside-container')] }
  const section = probe.of('block-devices')
  const mounts = mountsOf(probe)
  if (section.status !== 0) {
    if (probe.of('mounts').status !== 0) return unreadable('block-devices', section)
    const volumes = [...mounts].map(([mount, { source, type }]) => {
      const encrypted = source.startsWith('/dev/mapper/') || isVirtual(probe) ? null : false
      return { mount: clean(mount), device: clean(source), type: clean(type), encrypted }
    })
    return settle(volumes, [gapOf('block-devices', section)])
  }
  const parsed = devices.safeParse(jsonOf(section.text))
  if (!parsed.success) return { state: 'unreadable', gaps: [gap('block-devices', 'malformed')] }
  const otherwise = isVirtual(probe) ? null : false
  const volumes = parsed.data.blockdevices.flatMap((node) => volumesOf(node, false, 0))
  return settle(
    volumes.map(({ encrypted, ...volume }) => ({
      ...volume,
      type: volume.type === '' ? clean(mounts.get(volume.mount)?.type ?? '') : volume.type,
      encrypted: encrypted || (volume.type.startsWith('zfs') ? null : otherwise),
    })),
    [],
  )
}

type Found = Omit<Volume, 'encrypted'> & { readonly encrypted: boolean }

function volumesOf(node: unknown, below: boolean, depth: number): Found[] {
  const parsed = device.safeParse(node)
  if (!parsed.success || depth > DEPTH_MAX) return []
  const { name, type, fstype, mountpoint, children = [] } = parsed.data
  // Memory, CD drives and images within other files are no disks.
  if (/^(zram|ram|sr|loop)[0-9]/.test(name) || type === 'loop' || type === 'rom') return []
  const encrypted = below || type === 'crypt'
  const within = children.flatMap((child) => volumesOf(child, encrypted, depth + 1))
  if (typeof mountpoint !== 'string' || isBoot(mountpoint)) return within
  const mount = clean(mountpoint)
  return [{ mount, device: clean(name), type: clean(fstype ?? ''), encrypted }, ...within]
}

/** What the machine starts from must be readable before any key is known. */
const isBoot = (mount: string) => /^\/(boot|efi)(\/|$)/.test(mount)

function mountsOf(probe: Sections): Map<string, { source: string; type: string }> {
  const found = linesOf(probe.of('mounts').text).flatMap((line) => {
    const [source, mount, type, ...more] = line.split(' ')
    if (source === undefined || mount === undefined || type === undefined) return []
    if (more.length > 0 || isBoot(mount) || /^\/dev\/(loop|sr|zram|ram)[0-9]/.test(source))
      return []
    return [[mount, { source, type }] as const]
  })
  return new Map(found)
}

function settle(list: Volume[], gaps: ReturnType<typeof gap>[]): Reading<'disks'> {
  const volumes = list.filter(
    (volume, at) => list.findIndex((other) => other.mount === volume.mount) === at,
  )
  if (volumes.length > listLimits.volumes) {
    return { state: 'unreadable', gaps: [gap('disks', 'too-many', String(volumes.length))] }
  }
  if (volumes.length === 0) return { state: 'unreadable', gaps: [gap('disks', 'malformed')] }
  volumes.sort((one, other) => (one.mount < other.mount ? -1 : 1))
  return { state: 'read', gaps, facts: { volumes } }
}

/** JSON that a machine sent; what is none is `undefined`. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
