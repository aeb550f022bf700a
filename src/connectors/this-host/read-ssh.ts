import { listLimits, type FactsOf, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { ABSENT, clean, gap, gapOf, linesOf, type SectionFile, type Sections } from './sections.ts'
import type { Socket } from './read-sockets.ts'

type Match = FactsOf<'ssh'>['matches'][number]

/** Settings that say who gets in and how; the rest of a configuration is not kept. */
const kept = new Set([
  'allowagentforwarding',
  'allowgroups',
  'allowtcpforwarding',
  'allowusers',
  'authenticationmethods',
  'authorizedkeyscommand',
  'authorizedkeysfile',
  'banner',
  'ciphers',
  'clientalivecountmax',
  'clientaliveinterval',
  'denygroups',
  'denyusers',
  'gssapiauthentication',
  'hostbasedauthentication',
  'kbdinteractiveauthentication',
  'kexalgorithms',
  'listenaddress',
  'logingracetime',
  'loglevel',
  'macs',
  'maxauthtries',
  'maxsessions',
  'passwordauthentication',
  'permitemptypasswords',
  'permitrootlogin',
  'permituserenvironment',
  'port',
  'pubkeyauthentication',
  'strictmodes',
  'trustedusercakeys',
  'usepam',
  'x11forwarding',
])

/** What OpenSSH does where its configuration is silent (sshd_config(5)). */
const defaults = {
  authenticationmethods: 'any',
  hostbasedauthentication: 'no',
  kbdinteractiveauthentication: 'yes',
  maxauthtries: '6',
  passwordauthentication: 'yes',
  permitemptypasswords: 'no',
  permitrootlogin: 'prohibit-password',
  permituserenvironment: 'no',
  pubkeyauthentication: 'yes',
  strictmodes: 'yes',
  usepam: 'no',
  x11forwarding: 'no',
}

const renamed: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  skeyauthentication: 'kbdinteractiveauthentication',
}

/**
 * How the SSH server lets people in: by its own word (`sshd -T`) where root asks, otherwise from the
 * files with the defaults of OpenSSH. Match blocks are always read from the files, for `sshd -T`
 * shows what holds when none of them applies.
 */
export function readSsh(probe: Sections, sockets: readonly Socket[]): Reading<'ssh'> {
  const effective = probe.of('sshd')
  const files = probe.of('sshd-files')
  if (files.status === ABSENT && effective.status !== 0) {
    const other = sockets.some((socket) => socket.protocol === 'tcp' && socket.port === 22)
    if (other) return { state: 'unreadable', gaps: [gap('sshd', 'another-ssh-server')] }
    const facts = { installed: false, effective: false, settings: {}, matches: [] }
    return { state: 'read', gaps: [], facts }
  }
  const gaps: Gap[] = []
  if (effective.status !== 0) gaps.push(gapOf('sshd', effective))
  const config = configOf(files.files)
  const complete = files.status === 0 && files.complaint === '' && config.complete
  if (!complete) gaps.push(gap('sshd-files', 'include-unread', files.complaint))
  if (effective.status === 0) {
    const settings = keywordsOf(linesOf(effective.text))
    if (settings['permitrootlogin'] === undefined) {
      return { state: 'unreadable', gaps: [gap('sshd', 'malformed')] }
    }
    return {
      state: 'read',
      gaps,
      facts: { installed: true, effective: true, settings, matches: config.matches },
    }
  }
  // Without the whole configuration nothing can be said: the missing part may say otherwise.
  if (!complete) return { state: 'unreadable', gaps }
  const settings = { ...defaults, ...config.settings }
  return {
    state: 'read',
    gaps,
    facts: { installed: true, effective: false, settings, matches: config.matches },
  }
}

function keywordsOf(lines: readonly string[]): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const line of lines) {
    const { keyword, value } = directiveOf(line)
    if (!kept.has(keyword)) continue
    const before = settings[keyword]
    const many = keyword === 'port' || keyword === 'listenaddress' || /^(allow|deny)/.test(keyword)
    if (before === undefined) settings[keyword] = clean(value)
    else if (many) settings[keyword] = clean(`${before} ${value}`)
  }
  return settings
}

/** The files as sshd reads them: the first value of a keyword counts, includes stand in their place. */
function configOf(files: readonly SectionFile[]) {
  const [main] = files
  const reader = new ConfigReader(files)
  if (main !== undefined) reader.read(main, null, 0)
  return {
    settings: keywordsOf(reader.global),
    matches: reader.matches.slice(0, listLimits.settings),
    complete: main !== undefined && reader.complete,
  }
}

const INCLUDE_DEPTH_MAX = 4

class ConfigReader {
  readonly global: string[] = []
  readonly matches: Match[] = []
  complete = true
  readonly #files: readonly SectionFile[]

  constructor(files: readonly SectionFile[]) {
    this.#files = files
  }

  /** A Match block ends with its file. */
  read(file: SectionFile, within: string | null, depth: number): void {
    let match = within
    for (const line of linesOf(file.text)) {
      const { keyword, value } = directiveOf(line)
      if (keyword === '') continue
      if (keyword === 'match') {
        match = value.toLowerCase() === 'all' ? within : value
      } else if (keyword === 'include') {
        this.#include(value, match, depth)
      } else if (match === null) {
        this.global.push(`${keyword} ${value}`)
      } else if (kept.has(keyword)) {
        this.matches.push({ match: clean(match), keyword, value: clean(value) })
      }
    }
  }

  #include(value: string, match: string | null, depth: number): void {
    if (depth >= INCLUDE_DEPTH_MAX) {
      this.complete = false
      return
    }
    for (const pattern of value.split(/\s+/)) {
      const path = pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`
      const found = this.#files.filter((file) => fits(file.path, path))
      // A pattern may fit nothing, a name must be there; a nested include was not fetched.
      if (found.length === 0 && (depth > 0 || !/[*?[]/.test(path))) this.complete = false
      for (const file of found) this.read(file, match, depth + 1)
    }
  }
}

/** `Keyword value`, `Keyword=value`, quotes, comments and all. */
function directiveOf(line: string): { keyword: string; value: string } {
  const found = /^\s*([A-Za-z0-9]{1,40})(?:\s*=\s*|\s+)(\S.{0,1000})$/.exec(line)
  if (found === null) return { keyword: '', value: '' }
  const written = (found[1] ?? '').toLowerCase()
  const value = (found[2] ?? '')
    .replace(/\s+#.*$/, '')
    .replace(/"/g, '')
    .trim()
  return { keyword: renamed[written] ?? written, value }
}

/** A path against a pattern of glob(7) with `*` and `?` only, in time that nobody can blow up. */
export function fits(path: string, pattern: string): boolean {
  let [at, next, star, from] = [0, 0, -1, 0]
  while (at < path.length) {
    if (pattern[next] === '*') {
      star = next
      next += 1
      from = at
    } else if (pattern[next] === path[at] || (pattern[next] === '?' && path[at] !== '/')) {
      at += 1
      next += 1
    } else if (star >= 0 && path[from] !== '/') {
      // What the last star stands for grows by one character.
      from += 1
      at = from
      next = star + 1
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(next))
}
