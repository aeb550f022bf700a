import type { Readings } from '../../domain/devices/facts.ts'
import { readFacts } from './read-facts.ts'

export const boundary = 'arinomama-0123456789abcdef0123456789abcdef'

export type Printed =
  | string
  | {
      readonly text?: string
      readonly status?: number
      readonly complaint?: string
      readonly files?: Readonly<Record<string, string>>
    }

/** What the probe prints for these sections. */
export function probeOutput(sections: Readonly<Record<string, Printed>>): string {
  const printed = Object.entries(sections).map(([name, given]) => {
    const {
      text = '',
      status = 0,
      complaint = '',
      files = {},
    } = typeof given === 'string' ? { text: given } : given
    const listed = Object.entries(files).map(
      ([path, body]) => `\n${boundary} file ${path}\n${body}`,
    )
    return [
      `\n${boundary} begin ${name}\n${text}${listed.join('')}`,
      `\n${boundary} complaint ${name}\n${complaint}`,
      `\n${boundary} end ${name} ${status}\n`,
    ].join('')
  })
  return `${printed.join('')}\n${boundary} done\n`
}

/** A plain Debian server, as far as a test does not say otherwise. */
export const plain: Readonly<Record<string, Printed>> = {
  'clock-start': '1775001600\n',
  'machine-id': `${'ab'.repeat(32)}  -\n`,
  system: 'Linux\n',
  kernel: '6.1.0-31-amd64\n',
  architecture: 'x86_64\n',
  hostname: 'db1\n',
  user: 'root\n',
  uid: '0\n',
  'os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
  'boot-time': '1774000000\n',
  virtualisation: { text: 'none\n', status: 0 },
  container: '',
  restart: 'kernel 6.1.0-31-amd64\n',
  processes: 'systemd\nsshd\n',
  'package-manager': 'dpkg\n',
  'clock-end': '1775001605\n',
}

export const span = { startedAt: '2026-04-01T00:00:00.000Z', endedAt: '2026-04-01T00:00:06.000Z' }

/** Everything that is read out of a plain server with these sections instead. */
export function readingsFrom(sections: Readonly<Record<string, Printed>>): Readings {
  const facts = readFacts(probeOutput({ ...plain, ...sections }), boundary, span)
  if ('failed' in facts) throw new Error(facts.failed)
  return facts.readings
}

/** The facts of one area, which must have been read. */
export function factsFrom<A extends keyof Readings>(
  area: A,
  sections: Readonly<Record<string, Printed>>,
): Extract<Readings[A], { readonly state: 'read' }>['facts'] {
  const reading: Readings[keyof Readings] = readingsFrom(sections)[area]
  if (reading.state !== 'read') throw new Error(`${area}: ${JSON.stringify(reading.gaps)}`)
  return reading.facts
}

/** Why an area could not be read. */
export function whyNot(
  area: keyof Readings,
  sections: Readonly<Record<string, Printed>>,
): string[] {
  const reading = readingsFrom(sections)[area]
  return reading.state === 'read' ? [] : reading.gaps.map(({ reason }) => reason)
}
