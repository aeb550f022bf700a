import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { HostConnector, Sighting, Watch } from '../../app/devices/connector.ts'
import { areaTitles, type Area } from '../../domain/devices/areas.ts'
import type { Text } from '../../domain/decider.ts'
import type { FailureCode } from '../../domain/devices/failures.ts'
import type { Target } from '../../domain/devices/target.ts'
import { runChild, type ChildEnd } from './child.ts'
import { countFacts, readFacts } from './read-facts.ts'
import { clean } from './sections.ts'
import { runOverSsh, scanHostKeys, type SshEnd } from './ssh.ts'

export type Limits = { readonly timeoutMs: number; readonly outputBytesMax: number }

const usualLimits: Limits = { timeoutMs: 300_000, outputBytesMax: 16 * 1024 * 1024 }

const probe = readFileSync(new URL('probe.sh', import.meta.url), 'utf8')
const sections = [...probe.matchAll(/^ +take ([a-z0-9-]+) /gm)].map((found) => found[1] ?? '')

/** Which area a section of the probe belongs to; sections come in this order. */
const areaStarts: Readonly<Record<string, Area>> = {
  'clock-start': 'system',
  'package-manager': 'packages',
  'update-lists': 'updates',
  sockets: 'sockets',
  sshd: 'ssh',
  passwd: 'accounts',
  sudoers: 'sudo',
  'login-defs': 'passwords',
  timedatectl: 'time',
  'block-devices': 'disks',
  clamav: 'antivirus',
  'audit-status': 'audit',
  nftables: 'firewall',
}

const connecting: Text = { ja: '接続しています', en: 'Connecting' }

/** The machine that the server runs on, or another over SSH with a read-only account. */
export function thisHost(limits: Limits = usualLimits): HostConnector {
  return {
    observe: (target, watch) => observe(target, watch, limits),
    hostKeys: scanHostKeys,
  }
}

async function observe(target: Target, watch: Watch, limits: Limits): Promise<Sighting> {
  // New for every run, so that nothing on the machine can know it and pose as a marker.
  const boundary = `arinomama-${randomBytes(16).toString('hex')}`
  const script = `boundary=${boundary}\n${probe}`
  const onOutput = progressOf(boundary, watch)
  watch.progress({ step: connecting, done: 0, of: sections.length })
  watch.signal?.throwIfAborted()
  const startedAt = watch.now().toISOString()
  const { end, failed } =
    target.kind === 'local'
      ? await runHere(script, limits, onOutput, watch.signal)
      : await runOverSsh(target, { script, ...limits, onOutput, signal: watch.signal })
  watch.signal?.throwIfAborted()
  const span = { startedAt, endedAt: watch.now().toISOString() }
  const fail = (code: FailureCode): Sighting => ({
    ...span,
    outcome: 'failed',
    code,
    detail: wordsOf(end),
    raw: end.output.length > 0 ? end.output : null,
  })
  if (failed !== null) return fail(failed)
  const output = end.output.toString('utf8')
  if (!output.includes(boundary)) return fail('shell-refused')
  const facts = readFacts(output, boundary, span)
  if ('failed' in facts) return fail(facts.failed)
  const { host, readings } = facts
  return {
    ...span,
    outcome: 'observed',
    host,
    readings,
    facts: countFacts(readings),
    raw: end.output,
  }
}

async function runHere(
  script: string,
  limits: Limits,
  onOutput: (chunk: Buffer) => void,
  signal: AbortSignal | undefined,
): Promise<SshEnd> {
  const end = await runChild({
    command: '/bin/sh',
    args: ['-s'],
    input: script,
    env: { LC_ALL: 'C' },
    ...limits,
    onOutput,
    signal,
  })
  const failures = {
    exited: null,
    stopped: null,
    missing: 'shell-missing',
    'timed-out': 'timed-out',
    'too-large': 'output-too-large',
  } as const
  return { end, failed: failures[end.how] }
}

/** What the other side said on standard error, or printed in place of what was asked. */
function wordsOf(end: ChildEnd): string {
  const words = end.complaint.trim() === '' ? end.output.toString('utf8', 0, 2_000) : end.complaint
  return clean(words.trim().replace(/\s+/g, ' '), 1_000)
}

/** Watches the markers go by and tells how far the probe is. */
function progressOf(boundary: string, watch: Watch): (chunk: Buffer) => void {
  const marker = new RegExp(`\\n${boundary} begin ([a-z0-9-]{1,40})\\n`, 'g')
  let tail = ''
  let area: Area = 'system'
  return (chunk) => {
    const text = tail + chunk.toString('latin1')
    const begun = [...text.matchAll(marker)]
    const last = begun.at(-1)
    tail = text.slice(last === undefined ? -200 : last.index + last[0].length).slice(-200)
    for (const [, name = ''] of begun) area = areaStarts[name] ?? area
    const done = sections.indexOf(last?.[1] ?? '')
    if (done >= 0) watch.progress({ step: areaTitles[area], done, of: sections.length })
  }
}
