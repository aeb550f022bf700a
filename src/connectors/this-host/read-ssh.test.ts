import { expect, test } from 'vitest'
import { fits } from './read-ssh.ts'
import { factsFrom, readingsFrom, whyNot } from './testing.ts'

const main = '/etc/ssh/sshd_config'
const fromFiles = (files: Readonly<Record<string, string>>) => ({
  sshd: { status: 77 },
  'sshd-files': { files },
})

test('root is told by sshd itself what holds, Match blocks are read from the files', () => {
  const facts = factsFrom('ssh', {
    sshd: 'port 22\npermitrootlogin without-password\npasswordauthentication no\nmaxauthtries 6\n',
    'sshd-files': {
      files: { [main]: 'PermitRootLogin no\nMatch User deploy\n  PasswordAuthentication yes\n' },
    },
  })
  expect(facts).toMatchObject({
    installed: true,
    effective: true,
    settings: { permitrootlogin: 'without-password', passwordauthentication: 'no' },
    matches: [{ match: 'User deploy', keyword: 'passwordauthentication', value: 'yes' }],
  })
})

test('without root the files say it: the first value counts, includes in their place', () => {
  const facts = factsFrom(
    'ssh',
    fromFiles({
      [main]:
        '# a comment\nInclude /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n' +
        'passwordauthentication=no\nChallengeResponseAuthentication no\nUsePAM yes # really\n',
      '/etc/ssh/sshd_config.d/10-ours.conf': 'PermitRootLogin "no"\n',
      '/etc/ssh/sshd_config.d/20-theirs.conf': 'PermitRootLogin prohibit-password\n',
    }),
  )
  expect(facts).toMatchObject({
    effective: false,
    settings: {
      permitrootlogin: 'no',
      passwordauthentication: 'no',
      kbdinteractiveauthentication: 'no',
      usepam: 'yes',
      // Where the files are silent, OpenSSH's own defaults hold.
      permitemptypasswords: 'no',
    },
  })
})

test('a Match block ends with its file, and what stands in it holds only for some', () => {
  const facts = factsFrom(
    'ssh',
    fromFiles({
      [main]: 'Include ours.conf\nPasswordAuthentication no\n',
      '/etc/ssh/ours.conf': 'Match Address 10.0.0.0/8\nPermitRootLogin yes\n',
    }),
  )
  expect(facts.settings).toMatchObject({
    permitrootlogin: 'prohibit-password',
    passwordauthentication: 'no',
  })
  expect(facts.matches).toEqual([
    { match: 'Address 10.0.0.0/8', keyword: 'permitrootlogin', value: 'yes' },
  ])
})

test('an include that could not be read leaves everything open, for it may say otherwise', () => {
  expect(whyNot('ssh', fromFiles({ [main]: 'Include /etc/ssh/other.conf\n' }))).toContain(
    'include-unread',
  )
  const denied = {
    sshd: { status: 77 },
    'sshd-files': { status: 77, complaint: `${main} may not be read` },
  }
  expect(whyNot('ssh', denied)).toEqual(['needs-root', 'include-unread'])
  const partly = {
    sshd: { status: 77 },
    'sshd-files': { files: { [main]: 'Include /etc/ssh/d/*\n' }, complaint: 'x may not be read' },
  }
  expect(whyNot('ssh', partly)).toContain('include-unread')
})

test('an include that includes itself ends', () => {
  const looping = fromFiles({ [main]: `Include ${main}\nPermitRootLogin no\n` })
  expect(whyNot('ssh', looping)).toContain('include-unread')
})

test('no SSH server is a fact; another SSH server on its port is not known', () => {
  const none = { sshd: { status: 127 }, 'sshd-files': { status: 66 } }
  expect(factsFrom('ssh', none).installed).toBe(false)
  const dropbear = { ...none, sockets: 'tcp LISTEN 0 20 0.0.0.0:22 0.0.0.0:*\n' }
  expect(whyNot('ssh', dropbear)).toEqual(['another-ssh-server'])
})

test('a pattern of many stars takes no longer than its length', () => {
  const started = Date.now()
  expect(fits('a'.repeat(5_000), `${'*a'.repeat(2_000)}b`)).toBe(false)
  expect(Date.now() - started).toBeLessThan(2_000)
  expect(fits('/etc/ssh/sshd_config.d/50-x.conf', '/etc/ssh/sshd_config.d/*.conf')).toBe(true)
  expect(fits('/etc/ssh/a/b.conf', '/etc/ssh/*.conf')).toBe(false)
  expect(fits('/etc/ssh/a.conf', '/etc/ssh/?.conf')).toBe(true)
})

const ss =
  'udp   UNCONN 0      0               0.0.0.0:68         0.0.0.0:*    users:(("dhclient",pid=500,fd=7))\n' +
  'tcp   LISTEN 0      244           127.0.0.1:5432       0.0.0.0:*    users:(("postgres",pid=700,fd=5))\n' +
  'tcp   LISTEN 0      128                [::]:22            [::]:*    users:(("sshd",pid=600,fd=4))\n' +
  'udp   UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:*\n' +
  'tcp   LISTEN 0      511                   *:443              *:*\n' +
  'tcp   LISTEN 0      1      [::ffff:127.0.0.1]:631            *:*\n' +
  'tcp   ESTAB  0      0              10.0.0.5:22        10.0.0.9:5000\n'

test('a port is open to the network when it is bound to more than the machine itself', () => {
  const { list } = factsFrom('sockets', { sockets: ss })
  expect(list.map(({ protocol, port, open, process }) => [protocol, port, open, process])).toEqual([
    ['tcp', 22, true, 'sshd'],
    ['tcp', 443, true, null],
    ['tcp', 631, false, null],
    ['tcp', 5432, false, 'postgres'],
    ['udp', 53, false, null],
    ['udp', 68, true, 'dhclient'],
  ])
})

test('where ss is missing the kernel’s own tables say the same', () => {
  const row = (local: string, state: string) =>
    `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0\n`
  const readings = readingsFrom({
    sockets: { status: 127 },
    'sockets-tcp':
      row('00000000:0016', '0A') + row('0100007F:1538', '0A') + row('0500000A:0016', '01'),
    'sockets-tcp6':
      row(`${'0'.repeat(32)}:01BB`, '0A') + row('00000000000000000000000001000000:0277', '0A'),
    'sockets-udp': row('00000000:0044', '07'),
    'sockets-udp6': { status: 1 },
  })
  expect(readings.sockets).toMatchObject({
    state: 'read',
    gaps: [{ what: 'processes', reason: 'tool-missing' }],
    facts: {
      list: [
        { protocol: 'tcp', address: '0.0.0.0', port: 22, open: true },
        { protocol: 'tcp', address: '[::]', port: 443, open: true },
        { protocol: 'tcp', address: '[::1]', port: 631, open: false },
        { protocol: 'tcp', address: '127.0.0.1', port: 5432, open: false },
        { protocol: 'udp', address: '0.0.0.0', port: 68, open: true },
      ],
    },
  })
  expect(whyNot('sockets', { sockets: { status: 127 }, 'sockets-tcp': { status: 1 } })).toEqual([
    'tool-missing',
  ])
})
