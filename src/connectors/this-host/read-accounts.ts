import { listLimits, type FactsOf, type Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { clean, gap, gapOf, linesOf, unreadable, wholeNumber, type Sections } from './sections.ts'

type Account = FactsOf<'accounts'>['list'][number]
type Secret = Pick<Account, 'password' | 'scheme' | 'changedOn' | 'maxDays'>

/** Groups whose members are administrators, or can become one by what the group may touch. */
const powerful = new Set([
  'sudo',
  'wheel',
  'admin',
  'root',
  'adm',
  'docker',
  'lxd',
  'libvirt',
  'disk',
  'shadow',
])

const schemes: Readonly<Record<string, string>> = {
  '1': 'md5',
  '2a': 'bcrypt',
  '2b': 'bcrypt',
  '2y': 'bcrypt',
  '5': 'sha256',
  '6': 'sha512',
  '7': 'scrypt',
  y: 'yescrypt',
  gy: 'gost-yescrypt',
  des: 'des',
}

/** Who can be on the machine: accounts, the state of their passwords, and powerful groups. */
export function readAccounts(probe: Sections): Reading<'accounts'> {
  const section = probe.of('passwd')
  if (section.status !== 0) return unreadable('passwd', section)
  const gaps: Gap[] = []
  const shadow = probe.of('shadow')
  if (shadow.status !== 0) gaps.push(gapOf('shadow', shadow))
  const secrets = shadow.status === 0 ? secretsOf(linesOf(shadow.text)) : new Map<string, Secret>()
  const list = linesOf(section.text).flatMap((line) => accountOf(line, secrets))
  if (list.length === 0) return { state: 'unreadable', gaps: [gap('passwd', 'malformed')] }
  if (list.length > listLimits.accounts) {
    return { state: 'unreadable', gaps: [gap('passwd', 'too-many', String(list.length))] }
  }
  const groups = probe.of('group')
  if (groups.status !== 0) gaps.push(gapOf('group', groups))
  return {
    state: 'read',
    gaps,
    facts: { list, groups: linesOf(groups.text).flatMap((line) => groupOf(line, section.text)) },
  }
}

/** `name:password field:uid:gid:home:shell` */
function accountOf(line: string, secrets: ReadonlyMap<string, Secret>): Account[] {
  const [name, field, uidText, , , shell, ...more] = line.split(':')
  const uid = wholeNumberOfId(uidText)
  if (name === undefined || name === '' || shell === undefined || uid === null) return []
  if (more.length > 0) return []
  const secret = field === 'x' ? secrets.get(name) : unshadowed(field)
  return [
    {
      name: clean(name),
      uid,
      shell: clean(shell),
      interactive: isInteractive(shell),
      ...(secret ?? nothingKnown),
    },
  ]
}

const nothingKnown: Secret = { password: null, scheme: null, changedOn: null, maxDays: null }

/** A password field in /etc/passwd itself, which everybody can read. */
function unshadowed(field: string | undefined): Secret {
  if (field === 'set') return { ...nothingKnown, password: 'set', scheme: 'unshadowed' }
  if (field === 'locked' || field === 'empty') return { ...nothingKnown, password: field }
  return nothingKnown
}

/** `name:state:scheme:day of change:greatest age`, days counted from 1970. */
function secretsOf(lines: readonly string[]): Map<string, Secret> {
  const secrets = new Map<string, Secret>()
  for (const line of lines) {
    const [name, state, scheme = '', changed, oldest, ...more] = line.split(':')
    if (name === undefined || name === '' || more.length > 0) continue
    if (state !== 'set' && state !== 'locked' && state !== 'empty') continue
    const maxDays = wholeNumber(oldest)
    secrets.set(name, {
      password: state,
      scheme: state === 'set' ? clean(schemes[scheme] ?? 'other') : null,
      changedOn: dayOf(wholeNumber(changed)),
      // 99999 days is how shadow(5) says "never".
      maxDays: maxDays === null || maxDays >= 99_999 ? null : maxDays,
    })
  }
  return secrets
}

/** Whether the shell lets somebody in; an empty field means /bin/sh (passwd(5)). */
function isInteractive(shell: string): boolean {
  const name = shell.slice(shell.lastIndexOf('/') + 1)
  return !['nologin', 'false', 'true', 'sync', 'shutdown', 'halt'].includes(name)
}

/** `name:gid:member,member`, with those whose first group it is. */
function groupOf(line: string, passwd: string): FactsOf<'accounts'>['groups'] {
  const [group, gid, listed] = line.split(':')
  if (group === undefined || gid === undefined || !powerful.has(group)) return []
  const first = linesOf(passwd).flatMap((entry) => {
    const fields = entry.split(':')
    const isAccount = wholeNumberOfId(fields[2]) !== null && fields.length === 6
    return fields[3] === gid && isAccount && fields[0] !== undefined ? [fields[0]] : []
  })
  const members = [...first, ...(listed ?? '').split(',')].filter((name) => name !== '')
  return [{ group, members: [...new Set(members.map((name) => clean(name)))].sort() }]
}

function wholeNumberOfId(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : null
}

function dayOf(days: number | null): string | null {
  if (days === null || days > 100_000) return null
  return new Date(days * 86_400_000).toISOString().slice(0, 10)
}
