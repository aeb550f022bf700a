import { listLimits, type FactsOf, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { clean, gap, linesOf, unreadable, type Sections } from './sections.ts'

export type Socket = FactsOf<'sockets'>['list'][number]

/** What waits for connections, from `ss`, or from the kernel's own tables where `ss` is missing. */
export function readSockets(probe: Sections): Reading<'sockets'> {
  const section = probe.of('sockets')
  const gaps: Gap[] = []
  let list: Socket[]
  if (section.status === 0) {
    list = linesOf(section.text).flatMap(ssSocket)
    if (probe.word('uid') !== '0') gaps.push(gap('processes', 'needs-root'))
  } else {
    const tables = ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => ({
      name,
      section: probe.of(`sockets-${name}`),
    }))
    // A kernel without IPv6 has no tcp6; without tcp there is nothing to read.
    const tcp = probe.of('sockets-tcp')
    if (tcp.status !== 0) return unreadable('sockets', section)
    list = tables.flatMap((table) => linesOf(table.section.text).flatMap(kernelSocket(table.name)))
    gaps.push(gap('processes', 'tool-missing'))
  }
  if (list.length > listLimits.sockets) {
    return { state: 'unreadable', gaps: [gap('sockets', 'too-many', String(list.length))] }
  }
  return { state: 'read', gaps, facts: { list: inOrder(list) } }
}

/** `tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))` */
function ssSocket(line: string): Socket[] {
  const [netid, state, , , local, , ...rest] = line.trim().split(/\s+/)
  const protocol = netid === 'tcp' || netid === 'udp' ? netid : null
  if (protocol === null || local === undefined) return []
  if (state !== 'LISTEN' && state !== 'UNCONN') return []
  const at = local.lastIndexOf(':')
  const port = portOf(local.slice(at + 1))
  if (at < 1 || port === null) return []
  const address = local.slice(0, at)
  const name = /users:\(\("([^"]{1,64})"/.exec(rest.join(' '))?.[1]
  return [
    {
      protocol,
      address: clean(address),
      port,
      process: name === undefined ? null : clean(name),
      open: isOpen(address),
    },
  ]
}

/** A line of /proc/net/tcp and its siblings: addresses are hexadecimal, in the machine's own order. */
function kernelSocket(table: string) {
  return (line: string): Socket[] => {
    const protocol = table.startsWith('tcp') ? 'tcp' : 'udp'
    const found =
      /^\s*[0-9]+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(
        line,
      )
    const [, hex = '', port = '', state] = found ?? []
    if (state !== (protocol === 'tcp' ? '0A' : '07')) return []
    const address = hex.length === 8 ? ipv4Of(hex) : ipv6Of(hex)
    const number = Number.parseInt(port, 16)
    return [{ protocol, address, port: number, process: null, open: isOpen(address) }]
  }
}

function ipv4Of(hex: string): string {
  const bytes = Buffer.from(hex, 'hex').reverse()
  return [...bytes].join('.')
}

function ipv6Of(hex: string): string {
  const words = [0, 8, 16, 24].map((at) =>
    Buffer.from(hex.slice(at, at + 8), 'hex')
      .reverse()
      .toString('hex'),
  )
  const groups = words.join('').match(/.{4}/g) ?? []
  const short = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
  return `[${short.replace(/(?:^|:)0(?::0){2,7}(?::|$)/, '::')}]`
}

function portOf(text: string): number | null {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port >= 0 && port <= 65_535 ? port : null
}

/** Whether others than the machine itself can reach it: bound to anything but loopback. */
function isOpen(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  const [ip = '', device] = bare.split('%')
  if (device === 'lo') return false
  return !(ip.startsWith('127.') || ip === '::1' || ip.startsWith('::ffff:127.'))
}

/** Once each and in one order, so that what did not change has the same digest. */
function inOrder(list: readonly Socket[]): Socket[] {
  const byKey = new Map(list.map((socket) => [keyOf(socket), socket]))
  return [...byKey.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, s]) => s)
}

const keyOf = (socket: Socket) =>
  `${socket.protocol} ${String(socket.port).padStart(5, '0')} ${socket.address}`
