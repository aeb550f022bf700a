import type { FactsOf, Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { clean, gap, gapOf, linesOf, wholeNumber, type Section, type Sections } from './sections.ts'

type MinLength = FactsOf<'passwords'>['minLength']

/** Settings of login.defs(5) that say something about passwords. */
const kept = new Set([
  'PASS_MAX_DAYS',
  'PASS_MIN_DAYS',
  'PASS_MIN_LEN',
  'PASS_WARN_AGE',
  'ENCRYPT_METHOD',
  'LOGIN_RETRIES',
  'UMASK',
])

/** One line of PAM: for which stack, which module, with which arguments. */
type PamLine = { readonly stack: string; readonly module: string; readonly args: readonly string[] }

/** Which passwords the machine accepts, and after how many wrong ones it stops. */
export function readPasswords(probe: Sections): Reading<'passwords'> {
  const defs = probe.of('login-defs')
  const pam = probe.of('pam')
  if (defs.status !== 0 && pam.status !== 0) {
    return { state: 'unreadable', gaps: [gapOf('login-defs', defs), gapOf('pam', pam)] }
  }
  const gaps: Gap[] = []
  if (defs.status !== 0) gaps.push(gapOf('login-defs', defs))
  const lines = pam.files.flatMap(({ text }) => linesOf(text).flatMap(pamLine))
  const quality = assignmentsOf(probe.of('pwquality'))
  const minLength = pam.status === 0 ? minLengthOf(lines, quality) : null
  if (minLength === null)
    gaps.push(pam.status === 0 ? gap('pam', 'not-supported') : gapOf('pam', pam))
  const faillock = assignmentsOf(probe.of('faillock'))
  return {
    state: 'read',
    gaps,
    facts: {
      minLength,
      lockAfter: pam.status === 0 ? lockAfterOf(lines, faillock) : null,
      settings: {
        ...settingsOf(linesOf(defs.text)),
        ...Object.fromEntries([...quality].map(([name, value]) => [`pwquality ${name}`, value])),
      },
    },
  }
}

/** `password requisite pam_pwquality.so retry=3`, with `[…]` as the control field too. */
function pamLine(line: string): PamLine[] {
  const found =
    /^\s*-?(auth|account|password|session)\s+(?:\[[^\]]*\]|\S+)\s+(\S{1,200})(.*)$/.exec(line)
  if (found === null) return []
  const [, stack = '', path = '', rest = ''] = found
  const module = path.slice(path.lastIndexOf('/') + 1)
  return [{ stack, module, args: rest.trim().split(/\s+/) }]
}

/**
 * The shortest password that the stack accepts: libpwquality's setting (8 unless said), otherwise
 * pam_unix's own (6 unless said). Null where another module decides that we cannot read.
 */
function minLengthOf(lines: readonly PamLine[], quality: ReadonlyMap<string, string>): MinLength {
  const stack = lines.filter((line) => line.stack === 'password')
  const asks = stack.find(({ module }) => /^pam_(pwquality|cracklib)\.so$/.test(module))
  if (asks !== undefined) {
    const own = wholeNumber(argumentOf(asks, 'minlen'))
    if (own !== null) return { value: own, from: asks.module }
    const configured = wholeNumber(quality.get('minlen'))
    if (configured !== null) return { value: configured, from: 'pwquality.conf' }
    return { value: asks.module === 'pam_cracklib.so' ? 9 : 8, from: `${asks.module} (default)` }
  }
  const unix = stack.find(({ module }) => module === 'pam_unix.so')
  const other = stack.some(({ module }) => /^pam_(passwdqc|pwhistory_)/.test(module))
  if (unix === undefined || other) return null
  const own = wholeNumber(argumentOf(unix, 'minlen'))
  return own === null
    ? { value: 6, from: 'pam_unix.so (default)' }
    : { value: own, from: unix.module }
}

function lockAfterOf(lines: readonly PamLine[], conf: ReadonlyMap<string, string>): number | null {
  const locks = lines.find(
    ({ stack, module }) => stack === 'auth' && /^pam_(faillock|tally2?)\.so$/.test(module),
  )
  if (locks === undefined) return 0
  const own = wholeNumber(argumentOf(locks, 'deny'))
  if (own !== null) return own
  if (locks.module !== 'pam_faillock.so') return null
  return wholeNumber(conf.get('deny') ?? '3')
}

function argumentOf(line: PamLine, name: string): string | undefined {
  return line.args.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** `name = value` of the files in their order: a later one counts. */
function assignmentsOf(section: Section): Map<string, string> {
  const found = new Map<string, string>()
  for (const { text } of section.files) {
    for (const line of linesOf(text).slice(0, 500)) {
      const field = /^\s*([a-z_]{1,40})\s*(?:=\s*(\S{1,100}))?\s*(?:#.*)?$/.exec(line)
      if (field !== null) found.set(clean(field[1] ?? ''), clean(field[2] ?? 'yes'))
    }
  }
  return found
}

function settingsOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line) => {
    const [name = '', value] = line.trim().split(/\s+/)
    return kept.has(name) && value !== undefined ? [[name, clean(value)] as const] : []
  })
  return Object.fromEntries(pairs)
}
