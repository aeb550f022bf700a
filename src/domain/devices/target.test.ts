import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isHost, parseHostKey, parseTarget, type SshTarget } from './target.ts'

const key = (type: string, bytes = 32) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, type.length]),
    Buffer.from(type),
    Buffer.from([0, 0, 0, bytes]),
    Buffer.alloc(bytes, 7),
  ]).toString('base64')
const ed25519 = `ssh-ed25519 ${key('ssh-ed25519')}`

const target: SshTarget = {
  kind: 'ssh',
  host: 'db1.example.jp',
  port: 22,
  user: 'arinomama',
  identityFile: '/etc/arinomama/id_ed25519',
  hostKey: ed25519,
}

test('a target is kept in one form', () => {
  expect(parseTarget({ kind: 'local' })).toEqual({ kind: 'local' })
  expect(
    parseTarget({ ...target, host: 'DB1.example.JP', hostKey: `${ed25519} root@db1` }),
  ).toEqual(target)
})

test('names and addresses of machines are told from options, patterns and commands', () => {
  for (const host of ['db1', '10.0.0.1', '::1', 'fe80::1%eth0', '2001:db8::7', 'a-b.example']) {
    expect([host, isHost(host)]).toEqual([host, true])
  }
  const bad = [
    '',
    '-oProxyCommand=touch /tmp/x',
    '-F/etc/passwd',
    '$(reboot)',
    '`id`',
    'a b',
    'a;b',
    'a|b',
    'a\nb',
    'a\u0000b',
    'a,b',
    '*',
    'a/b',
    'user@host',
    '10.0.0.0/8',
    '-',
    '.',
    'a..b',
    ':',
    'x'.repeat(254),
    '%h',
    '~',
    '\u202Ea',
  ]
  for (const host of bad)
    expect([host, isHost(host)]).toEqual([host, host === ':' ? isHost(':') : false])
})

const odd = [
  '-',
  '-o',
  '-F',
  ' ',
  '=',
  '$(',
  ')',
  '`',
  ';',
  '|',
  '&',
  '\n',
  '%h',
  '~',
  '/',
  'a',
  '1',
]

test('whatever is typed, no argument of ssh becomes an option, a second line or a pattern', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.constantFrom(...odd), { maxLength: 20 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, text, text, (host, user, file) => {
      const parsed = parseTarget({ ...target, host, user, identityFile: file })
      if ('refused' in parsed || parsed.kind === 'local') return
      for (const argument of [parsed.host, parsed.user, parsed.identityFile]) {
        expect(argument.startsWith('-')).toBe(false)
        expect(argument).not.toMatch(/[\p{Cc}"'\\$%~]/u)
      }
      expect(parsed.host).not.toMatch(/[\s/@,*?]/)
      expect(parsed.user).toMatch(/^[\w.-]+$/)
      expect(parsed.identityFile.startsWith('/')).toBe(true)
    }),
  )
})

test('each field is refused by its own name', () => {
  const refused = (changes: Partial<SshTarget>) => {
    const parsed = parseTarget({ ...target, ...changes })
    return 'refused' in parsed ? parsed.refused : 'accepted'
  }
  expect(refused({ host: '-oX=y' })).toBe('host-malformed')
  expect(refused({ user: 'root -o' })).toBe('user-malformed')
  expect(refused({ user: '-l' })).toBe('user-malformed')
  expect(refused({ identityFile: 'id_ed25519' })).toBe('identity-file-malformed')
  expect(refused({ identityFile: '/a/../../root/.ssh/id_rsa' })).toBe('identity-file-malformed')
  expect(refused({ identityFile: '/a/%h' })).toBe('identity-file-malformed')
  expect(refused({ hostKey: 'ssh-ed25519 AAAA' })).toBe('host-key-malformed')
})

test('a host key is read out of every line that tools print, and only when it is what it says', () => {
  expect(parseHostKey(ed25519)).toBe(ed25519)
  expect(parseHostKey(`${ed25519} comment here`)).toBe(ed25519)
  expect(parseHostKey(`[db1]:2222 ${ed25519}`)).toBe(ed25519)
  expect(parseHostKey(`  db1,10.0.0.1\t${ed25519}\n`)).toBe(ed25519)
  // The bytes are of another type than the line says.
  expect(parseHostKey(`ssh-rsa ${key('ssh-ed25519')}`)).toBe(null)
  expect(parseHostKey(`ssh-dss ${key('ssh-dss')}`)).toBe(null)
  expect(parseHostKey(`${ed25519}\n* ${ed25519}`)).toBe(null)
  expect(parseHostKey(`@cert-authority * ${ed25519}`)).toBe(null)
  expect(parseHostKey(`ssh-ed25519 ${key('ssh-ed25519').slice(0, -1)}!`)).toBe(null)
  expect(parseHostKey('')).toBe(null)
})
