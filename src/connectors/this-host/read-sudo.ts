import { listLimits, type FactsOf, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import {
  ABSENT,
  clean,
  gap,
  linesOf,
  unreadable,
  type SectionFile,
  type Sections,
} from './sections.ts'

type Rule = FactsOf<'sudo'>['rules'][number]

/** Who may become administrator, and whether without proving again who they are. */
export function readSudo(probe: Sections): Reading<'sudo'> {
  const section = probe.of('sudoers')
  if (section.status === ABSENT) {
    return { state: 'read', gaps: [], facts: { installed: false, rules: [] } }
  }
  if (section.status !== 0) return unreadable('sudoers', section)
  const files = section.files.filter(({ path }) => isRead(path))
  const gaps: Gap[] = files.flatMap(includesOf).flatMap((path) => {
    const known = section.files.some((file) => file.path === path) || path === '/etc/sudoers.d'
    return known ? [] : [gap('sudoers', 'include-unread', path)]
  })
  const sudoers = files.filter(({ path }) => path !== '/etc/doas.conf')
  const doas = files.filter(({ path }) => path === '/etc/doas.conf')
  const unauthenticated = sudoers.some(({ text }) => hasDefault(text, '!authenticate'))
  const rules = [
    ...sudoers.flatMap((file) => sudoRules(file, unauthenticated)),
    ...doas.flatMap(doasRules),
  ]
  if (rules.length > listLimits.rules) {
    return { state: 'unreadable', gaps: [gap('sudoers', 'too-many', String(rules.length))] }
  }
  return { state: 'read', gaps: gaps.slice(0, 20), facts: { installed: true, rules } }
}

/** sudo leaves out the files of its folder whose name has a dot or ends with a tilde. */
function isRead(path: string): boolean {
  const name = /^\/etc\/sudoers\.d\/(.*)$/.exec(path)?.[1]
  return name === undefined || !(name.includes('.') || name.endsWith('~'))
}

function includesOf({ text }: SectionFile): string[] {
  return statementsOf(text).flatMap((line) => {
    const path = /^[#@](?:include|includedir)\s+"?([^"]{1,300})"?$/.exec(line)?.[1]
    return path === undefined ? [] : [path.trim().replace(/\/$/, '')]
  })
}

/** Lines joined where they end with a backslash, without comments (which `#include` is not). */
function statementsOf(text: string): string[] {
  return linesOf(text)
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#(?!include|[0-9]).*$/, '').trim())
    .filter((line) => line !== '')
}

function hasDefault(text: string, name: string): boolean {
  return statementsOf(text).some((line) => line.startsWith('Defaults') && line.includes(name))
}

/** A user specification: `who hosts = (run as) TAGS: commands`; the rest of the line belongs to it. */
function sudoRules(file: SectionFile, unauthenticated: boolean): Rule[] {
  return statementsOf(file.text).flatMap((line): Rule[] => {
    if (/^(Defaults|[#@]include|(User|Runas|Host|Cmnd|Cmd)_Alias\b)/.test(line)) return []
    const at = line.indexOf('=')
    if (at < 1) return []
    const granted = line.slice(at + 1).trim()
    const commands = granted.replace(/^\([^)]*\)\s*/, '')
    if (commands === '') return []
    const tags = new Set([...commands.matchAll(/\b(NOPASSWD|PASSWD)\s*:/g)].map((tag) => tag[1]))
    return [
      {
        principal: clean(principalOf(line.slice(0, at))),
        runAs: clean(/^\(([^)]{0,200})\)/.exec(granted)?.[1] ?? 'root'),
        commands: clean(commands),
        // Without a tag the user is asked, unless Defaults say otherwise for everybody.
        withoutPassword: tags.has('NOPASSWD') || (unauthenticated && !tags.has('PASSWD')),
        file: clean(file.path),
      },
    ]
  })
}

/** All but the last word before `=`, which is the host list; lists may have spaces after commas. */
function principalOf(left: string): string {
  const words = left.trim().replace(/,\s+/g, ',').replace(/\s+,/g, ',').split(/\s+/)
  return words.slice(0, Math.max(1, words.length - 1)).join(' ')
}

/** `permit [nopass|persist …] who [as whom] [cmd what]` (doas.conf(5)). */
function doasRules(file: SectionFile): Rule[] {
  return statementsOf(file.text).flatMap((line): Rule[] => {
    const words = line.split(/\s+/)
    if (words[0] !== 'permit') return []
    const options = new Set(['nopass', 'persist', 'keepenv', 'nolog'])
    const plain = words.slice(1).filter((word) => !options.has(word))
    const who = plain.find((word) => !/^(setenv|\{.*|.*\}|as|cmd|args)$/.test(word))
    const as = plain.indexOf('as')
    const cmd = plain.indexOf('cmd')
    if (who === undefined) return []
    return [
      {
        principal: clean(who.replace(/^:/, '%')),
        runAs: clean(as < 0 ? 'ALL' : (plain[as + 1] ?? '')),
        commands: clean(cmd < 0 ? 'ALL' : plain.slice(cmd + 1).join(' ')),
        withoutPassword: words.includes('nopass'),
        file: clean(file.path),
      },
    ]
  })
}
