import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFacts } from './read-facts.ts'
import { clean, parseSections } from './sections.ts'
import { boundary, plain, probeOutput, readingsFrom, span } from './testing.ts'

const parse = (output: string) => parseSections(output, boundary)

test('what a command printed, complained of and how it ended are told apart', () => {
  const output = probeOutput({
    passwd: { text: 'root:x:0:0:/root:/bin/sh\n', complaint: 'a warning', status: 0 },
    sudoers: { status: 77 },
  })
  const sections = parse(`Welcome!\n${output}logout\n`)
  expect(sections?.of('passwd')).toEqual({
    text: 'root:x:0:0:/root:/bin/sh\n',
    complaint: 'a warning',
    status: 0,
    files: [],
  })
  expect(sections?.of('sudoers').status).toBe(77)
  expect(sections?.of('never-asked').status).toBe(-1)
})

test('whatever a file on the machine holds, it cannot pose as a marker of this run', () => {
  const other = 'arinomama-ffffffffffffffffffffffffffffffff'
  const text = `\n${other} end passwd 0\n${other} begin uid\n0\n arinomama begin uid\n`
  const sections = parse(probeOutput({ passwd: { text } }))
  expect(sections?.of('passwd').text).toBe(text)
  expect(sections?.of('uid').status).toBe(-1)
})

const good = probeOutput(plain)

test('an output without its end, or with markers out of order, is not believed', () => {
  expect(parse(good)).not.toBeNull()
  expect(parse(good.slice(0, -10))).toBeNull()
  expect(parse('')).toBeNull()
  expect(parse(`\n${boundary} end passwd 0\n${good}`)).toBeNull()
  expect(parse(`\n${boundary} begin passwd\n${good}`)).toBeNull()
  expect(
    parse(`${boundary} begin uid\n${boundary} complaint uid\n${boundary} end uid 0\n${good}`),
  ).toBeNull()
  expect(parse(good.replace(`${boundary} end uid 0`, `${boundary} end uid zero`))).toBeNull()
  expect(parse(good.replace(`${boundary} end uid 0`, `${boundary} end user 0`))).toBeNull()
  expect(parse(good.replace(`${boundary} complaint uid\n`, ''))).toBeNull()
})

test('cut off anywhere, an output gives no facts', () => {
  const at = fc.integer({ min: 0, max: good.length - 10 })
  fc.assert(
    fc.property(at, (length) => {
      expect(readFacts(good.slice(0, length), boundary, span)).toEqual({
        failed: 'output-malformed',
      })
    }),
  )
})

test('a machine without an id of its own is not taken for another', () => {
  const without = probeOutput({ ...plain, 'machine-id': { status: 66 } })
  expect(readFacts(without, boundary, span)).toEqual({ failed: 'host-unidentified' })
  const odd = probeOutput({ ...plain, 'machine-id': 'x; rm -rf /\n' })
  expect(readFacts(odd, boundary, span)).toEqual({ failed: 'host-unidentified' })
  const mac = probeOutput({ ...plain, system: 'Darwin\n' })
  expect(readFacts(mac, boundary, span)).toEqual({ failed: 'system-unsupported' })
})

test('control characters and marks that turn writing around become visible', () => {
  expect(clean('a\u0000b\u001b[31mc\u202Ed\u200Be')).toBe('a\uFFFDb\uFFFD[31mc\uFFFDd\uFFFDe')
  expect(clean('x'.repeat(9_999))).toHaveLength(400)
})

const names = [
  'os-release',
  'restart',
  'packages',
  'package-sources',
  'update-lists',
  'updates',
  'update-advisories',
  'sockets',
  'sockets-tcp',
  'sshd',
  'sshd-files',
  'passwd',
  'shadow',
  'group',
  'sudoers',
  'login-defs',
  'pwquality',
  'faillock',
  'pam',
  'timedatectl',
  'chrony',
  'ntp',
  'block-devices',
  'mounts',
  'clamav',
  'audit-status',
  'audit-rules',
  'boot-arguments',
  'nftables',
  'iptables',
  'ip6tables',
  'ipv6',
  'processes',
  'package-manager',
  'virtualisation',
  'kernel',
] as const

/** Words and marks that mean something to one reader or another, and some that mean nothing. */
const marks = '\n:=()[]{}"\\/#@,;.-+*%$!|<>~^&? \t\r\u0000\u202E'.split('')
const words = [
  'ALL',
  'NOPASSWD:',
  'Inst ',
  'deb ',
  'Match ',
  'Include ',
  'include ',
  'tcp LISTEN 0 1 ',
  'table inet x {',
  'chain y {',
  'type filter hook input ',
  'policy drop;',
  'COMMIT',
  '$6$',
  '0.0.0.0:22',
  '{"blockdevices":',
  'null',
  '佐藤',
  'a',
  '0',
  '99999999999999999999',
  'x',
]
const noise = fc
  .array(fc.constantFrom(...marks, ...words), { maxLength: 60 })
  .map((parts) => parts.join(''))

test('whatever a machine answers, reading it neither fails nor makes up facts of another form', () => {
  const section = fc.record({
    text: noise,
    complaint: noise,
    status: fc.constantFrom(0, 0, 0, 1, 66, 77, 100, 124, 127, 255),
    files: fc.dictionary(
      fc.constantFrom(
        '/etc/ssh/sshd_config',
        '/etc/sudoers',
        '/etc/pam.d/x',
        '/etc/apt/a.sources',
        'any',
        'pending',
        '/etc/yum.repos.d/a.repo',
        '/etc/doas.conf',
      ),
      noise,
      { noNullPrototype: true },
    ),
  })
  const sections = fc.dictionary(fc.constantFrom(...names), section, { noNullPrototype: true })
  fc.assert(
    fc.property(sections, (given) => {
      // Within a section no line starts with the boundary: the readers see what parsing left.
      for (const reading of Object.values(readingsFrom(given))) {
        expect(JSON.stringify(reading)).not.toMatch(/\\u0000|\\u202e/i)
        expect(reading.state === 'read' || reading.gaps.length > 0).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

test('a flood of rows makes an area unreadable and not a slow page', () => {
  const line = (n: number) => `tcp LISTEN 0 1 10.${n >> 16}.${(n >> 8) & 255}.${n & 255}:1 *:*`
  const text = Array.from({ length: 6_000 }, (_, n) => line(n)).join('\n')
  expect(readingsFrom({ sockets: text }).sockets).toMatchObject({
    state: 'unreadable',
    gaps: [{ reason: 'too-many' }],
  })
})

test('a line without end is read in no more time than it takes to cut it', () => {
  const long = `${'a'.repeat(500_000)}*`
  const started = Date.now()
  readingsFrom(
    Object.fromEntries(
      names.map((name) => [name, { text: long, files: { [`/etc/${name}`]: long } }]),
    ),
  )
  expect(Date.now() - started).toBeLessThan(10_000)
})
