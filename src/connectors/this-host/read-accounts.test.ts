import { expect, test } from 'vitest'
import { factsFrom, readingsFrom, whyNot } from './testing.ts'

const passwd =
  'root:x:0:0:/root:/bin/bash\ndaemon:x:1:1:/usr/sbin:/usr/sbin/nologin\n' +
  'taro:x:1000:1000:/users/taro:/bin/zsh\nold:x:1001:1001:/:\nnis:empty:1002:1002:/:/bin/sh\n' +
  'vm:set:4294967294:65534:/:/bin/false\nbroken line\nx:x:y:0:/:/bin/sh\n'
const shadow =
  'root:locked::20000:\ndaemon:locked::20000:99999\ntaro:set:y:20400:90\nold:set:1:14000:99999\n'
const group = 'root:0:\nsudo:27:taro,hanako\nusers:100:taro\ndocker:998:\nstaff:1001:\n'

test('who can log in, with which kind of password, is read; hashes never arrive', () => {
  const { list, groups } = factsFrom('accounts', { passwd, shadow, group })
  expect(
    list.map(({ name, interactive, password, scheme, maxDays }) => [
      name,
      interactive,
      password,
      scheme,
      maxDays,
    ]),
  ).toEqual([
    ['root', true, 'locked', null, null],
    ['daemon', false, 'locked', null, null],
    ['taro', true, 'set', 'yescrypt', 90],
    ['old', true, 'set', 'md5', null],
    ['nis', true, 'empty', null, null],
    ['vm', false, 'set', 'unshadowed', null],
  ])
  expect(list[2]?.changedOn).toBe('2025-11-08')
  expect(groups).toEqual([
    { group: 'root', members: ['root'] },
    { group: 'sudo', members: ['hanako', 'taro'] },
    { group: 'docker', members: [] },
  ])
})

test('without root the state of passwords is not known', () => {
  const readings = readingsFrom({ passwd, group, shadow: { status: 77 } })
  expect(readings.accounts).toMatchObject({
    state: 'read',
    gaps: [{ what: 'shadow', reason: 'needs-root' }],
  })
  const { list } = factsFrom('accounts', { passwd, group, shadow: { status: 77 } })
  expect(list[0]).toMatchObject({ password: null, maxDays: null, changedOn: null })
  // What stands in the open is known all the same.
  expect(list[4]?.password).toBe('empty')
})

test('a list of accounts without accounts is no list', () => {
  expect(whyNot('accounts', { passwd: 'nothing', shadow, group })).toEqual(['malformed'])
  expect(whyNot('accounts', { passwd: { status: 2 } })).toEqual(['failed'])
})

const sudo = (files: Readonly<Record<string, string>>) => ({ sudoers: { files } })

test('rules of sudo are read as sudo reads them', () => {
  const { rules } = factsFrom(
    'sudo',
    sudo({
      '/etc/sudoers':
        '# root is commented %wheel ALL=(ALL) NOPASSWD: ALL\nDefaults env_reset\n' +
        'User_Alias OPS = taro, hanako\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n' +
        'OPS  db1, db2 = (postgres) \\\n  NOPASSWD: /usr/bin/psql, PASSWD: /bin/sh\n' +
        '@includedir /etc/sudoers.d\n',
      '/etc/sudoers.d/deploy': 'deploy ALL = NOPASSWD: /usr/bin/systemctl restart app\n',
      '/etc/sudoers.d/backup.bak': 'nobody ALL=(ALL) NOPASSWD: ALL\n',
      '/etc/sudoers.d/copy~': 'nobody ALL=(ALL) NOPASSWD: ALL\n',
    }),
  )
  expect(
    rules.map(({ principal, runAs, withoutPassword }) => [principal, runAs, withoutPassword]),
  ).toEqual([
    ['root', 'ALL:ALL', false],
    ['%sudo', 'ALL:ALL', false],
    ['OPS', 'postgres', true],
    ['deploy', 'root', true],
  ])
})

test('Defaults that turn the question off count for every rule without a tag', () => {
  const { rules } = factsFrom(
    'sudo',
    sudo({ '/etc/sudoers': 'Defaults !authenticate\na ALL=(ALL) ALL\nb ALL=(ALL) PASSWD: ALL\n' }),
  )
  expect(rules.map(({ withoutPassword }) => withoutPassword)).toEqual([true, false])
})

test('a further file that sudo includes and nobody fetched is said to be missing', () => {
  const reading = readingsFrom(
    sudo({ '/etc/sudoers': '#include /etc/sudoers.local\n#includedir /etc/sudoers.d\n' }),
  )
  expect(reading.sudo).toMatchObject({
    gaps: [{ reason: 'include-unread', detail: '/etc/sudoers.local' }],
  })
})

test('no sudo at all is a fact, sudo that may not be read is not', () => {
  expect(factsFrom('sudo', { sudoers: { status: 66 } })).toEqual({ installed: false, rules: [] })
  expect(whyNot('sudo', { sudoers: { status: 77 } })).toEqual(['needs-root'])
})

test('doas is read in place of sudo', () => {
  const conf =
    '# doas\npermit persist :wheel\npermit nopass deploy as app cmd /usr/bin/restart\ndeny eve\n'
  const { rules } = factsFrom('sudo', sudo({ '/etc/doas.conf': conf }))
  expect(rules).toMatchObject([
    { principal: '%wheel', runAs: 'ALL', commands: 'ALL', withoutPassword: false },
    { principal: 'deploy', runAs: 'app', commands: '/usr/bin/restart', withoutPassword: true },
  ])
})

const defs = 'PASS_MAX_DAYS\t90\nPASS_MIN_LEN 5\nENCRYPT_METHOD YESCRYPT\nMAIL_DIR /var/mail\n'
const pam = (...lines: string[]) => ({
  files: { '/etc/pam.d/common-password': `${lines.join('\n')}\n` },
})
const unix = 'password\t[success=1 default=ignore]\tpam_unix.so obscure yescrypt'

test('the shortest password is told by the module that decides it', () => {
  const least = (lines: string[], quality = '') =>
    factsFrom('passwords', {
      'login-defs': defs,
      pam: pam(...lines),
      pwquality: { files: { '/etc/security/pwquality.conf': quality } },
      faillock: { status: 66 },
    }).minLength
  expect(least([unix])).toEqual({ value: 6, from: 'pam_unix.so (default)' })
  expect(least([`${unix} minlen=10`])).toEqual({ value: 10, from: 'pam_unix.so' })
  const asks = 'password requisite pam_pwquality.so retry=3'
  expect(least([asks, unix])).toEqual({ value: 8, from: 'pam_pwquality.so (default)' })
  expect(least([asks, unix], '# minlen = 99\nminlen = 14\n')).toEqual({
    value: 14,
    from: 'pwquality.conf',
  })
  expect(least([`${asks} minlen=12`, unix], 'minlen = 14\n')).toEqual({
    value: 12,
    from: 'pam_pwquality.so',
  })
  expect(least(['password required pam_passwdqc.so config=/etc/passwdqc.conf', unix])).toBe(null)
  expect(least(['#password requisite pam_pwquality.so minlen=20', unix])?.value).toBe(6)
})

test('accounts lock after as many tries as the module says', () => {
  const lock = (lines: string[], conf = '') =>
    factsFrom('passwords', {
      'login-defs': defs,
      pam: pam(unix, ...lines),
      pwquality: { status: 66 },
      faillock: { files: { '/etc/security/faillock.conf': conf } },
    }).lockAfter
  expect(lock([])).toBe(0)
  expect(lock(['auth required pam_faillock.so preauth deny=5'])).toBe(5)
  expect(lock(['auth required pam_faillock.so preauth'], 'deny = 4\n')).toBe(4)
  expect(lock(['auth required pam_faillock.so preauth'])).toBe(3)
  expect(lock(['auth required pam_tally2.so'])).toBe(null)
})

test('without PAM nobody says what a password must be', () => {
  const reading = readingsFrom({ 'login-defs': defs, pam: { status: 66 } }).passwords
  expect(reading).toMatchObject({ state: 'read', facts: { minLength: null, lockAfter: null } })
  expect(whyNot('passwords', { 'login-defs': { status: 66 }, pam: { status: 66 } })).toEqual([
    'failed',
    'failed',
  ])
})
