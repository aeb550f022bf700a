import { expect, test } from 'vitest'
import { hostA, openTestDevices, readingsOf, sighting } from '../../src/app/devices/testing.ts'
import { deviceChecks } from '../../src/domain/devices/checks.ts'
import type { Readings } from '../../src/domain/devices/facts.ts'
import { at, good, judged, seenAs, statusesOf, type Facts } from './judged-hosts.ts'

test('a machine on which nothing is wrong meets every check', async () => {
  const results = await judged(await seenAs(readingsOf(good())))
  const other = [...results].filter(([, { status }]) => status !== 'met')
  expect(other.map(([id, { status, unproven }]) => `${id}: ${status} ${unproven}`)).toEqual([])
  expect(results.size).toBeGreaterThanOrEqual(25)
})

test('with no machine at all nothing is proven', async () => {
  const results = await judged(await openTestDevices())
  expect([...new Set([...results.values()].map(({ status }) => status))]).toEqual(['not-proven'])
})

test('a machine of which nothing could be read is neither a pass nor an exception', async () => {
  const nothing = {
    state: 'unreadable' as const,
    gaps: [{ what: 'x', reason: 'failed' as const, detail: '' }],
  }
  const readings: Readings = {
    ...readingsOf(good()),
    packages: nothing,
    updates: nothing,
    sockets: nothing,
    ssh: nothing,
    accounts: nothing,
    sudo: nothing,
    passwords: nothing,
    time: nothing,
    disks: nothing,
    antivirus: nothing,
    audit: nothing,
    firewall: nothing,
  }
  const results = await judged(await seenAs(readings))
  const proven = [...results].filter(([, { status }]) => status !== 'not-proven').map(([id]) => id)
  // These stand on the observation itself and on the system, which were seen.
  expect(proven.sort()).toEqual([
    'host-observed',
    'host-reboot-pending',
    'host-supported-os',
    'observation-succeeding',
  ])
  expect(results.get('host-firewall-active')?.unread).toMatchObject([
    { subject: hostA, label: 'db1' },
  ])
})

test('facts that were not renewed for more than a week prove nothing any more', async () => {
  const opened = await seenAs(readingsOf(good()))
  opened.clock.advance({ days: 8 })
  const results = await judged(opened)
  expect(results.get('host-ssh-root-login')?.status).toBe('not-proven')
  expect(results.get('host-observed')).toMatchObject({ status: 'not-met' })
  expect(results.get('observation-succeeding')?.found[0]?.reason).toBe('silent')
})

test('SSH that lets root in, passwords in, or some in by a Match block is an exception', async () => {
  const settings = { ...good().ssh.settings }
  const open = await statusesOf({
    ...good(),
    ssh: {
      ...good().ssh,
      settings: {
        ...settings,
        permitrootlogin: 'prohibit-password',
        passwordauthentication: 'yes',
        permitemptypasswords: 'yes',
        maxauthtries: '10',
        x11forwarding: 'yes',
      },
    },
  })
  expect(open('host-ssh-root-login')).toMatchObject({ status: 'not-met', reasons: ['allowed'] })
  expect(open('host-ssh-password-authentication').reasons).toEqual(['password'])
  expect(open('host-ssh-empty-passwords').reasons).toEqual(['allowed'])
  expect(open('host-ssh-max-auth-tries').reasons).toEqual(['too-many'])
  expect(open('host-ssh-x11-forwarding').reasons).toEqual(['allowed'])
  const matched = await statusesOf({
    ...good(),
    ssh: {
      ...good().ssh,
      matches: [{ match: 'Address 10.0.0.0/8', keyword: 'permitrootlogin', value: 'yes' }],
    },
  })
  expect(matched('host-ssh-root-login').reasons).toEqual(['match-block'])
  expect(matched('host-ssh-password-authentication').status).toBe('met')
})

test('a second factor behind a key is no password sign-in; keyboard-interactive alone is', async () => {
  const settings = { ...good().ssh.settings, kbdinteractiveauthentication: 'yes' }
  const alone = await statusesOf({ ...good(), ssh: { ...good().ssh, settings } })
  expect(alone('host-ssh-password-authentication').reasons).toEqual(['keyboard-interactive'])
  const behind = { ...settings, authenticationmethods: 'publickey,keyboard-interactive' }
  const second = await statusesOf({ ...good(), ssh: { ...good().ssh, settings: behind } })
  expect(second('host-ssh-password-authentication').status).toBe('met')
  const either = { ...settings, authenticationmethods: 'publickey keyboard-interactive' }
  const one = await statusesOf({ ...good(), ssh: { ...good().ssh, settings: either } })
  expect(one('host-ssh-password-authentication').status).toBe('not-met')
})

test('security updates: overdue, of unknown age, with stale lists, or without a source', async () => {
  const one = {
    package: 'openssl',
    installed: '1',
    candidate: '2',
    security: true,
    since: at,
    sinceKnown: true,
  }
  const state = async (updates: Partial<Facts['updates']>) => {
    const opened = await seenAs(
      readingsOf({ ...good(), updates: { ...good().updates, ...updates } }),
    )
    const result = (await judged(opened)).get('host-security-updates')
    return [
      result?.status,
      ...(result?.found ?? []).map((x) => x.reason),
      ...(result?.unread ?? []).map((x) => x.reason.en.slice(0, 24)),
    ]
  }
  expect(await state({ pending: [{ ...one, since: '2026-02-01T00:00:00.000Z' }] })).toEqual([
    'not-met',
    'overdue',
  ])
  expect(await state({ pending: [one] })).toEqual(['met'])
  expect(await state({ pending: [{ ...one, since: null, sinceKnown: false }] })).toEqual([
    'not-proven',
    'Updates were pending whe',
  ])
  expect(await state({ listsAgeDays: 31 })).toEqual(['not-proven', 'The lists of updates are'])
  expect(await state({ listsAgeDays: null })).toEqual(['not-proven', 'The lists of updates are'])
  expect(await state({ securitySource: false })).toEqual(['not-proven', 'No source of security up'])
  expect(await state({ pending: [{ ...one, security: null }] })).toEqual([
    'not-proven',
    'Which of the updates are',
  ])
})

test('protection: disks, antivirus, audit, firewall, clock, passwords, release, restart, sources', async () => {
  const facts = good()
  const status = await statusesOf({
    ...facts,
    system: { ...facts.system, supportEnds: '2026-03-31' },
    packages: {
      ...facts.packages,
      unsignedSources: ['/etc/apt/sources.list: deb [trusted=yes] …'],
    },
    disks: {
      volumes: [
        { mount: '/', device: 'sda1', type: 'ext4', encrypted: false },
        { mount: '/srv', device: 'vdb', type: 'xfs', encrypted: null },
      ],
    },
    antivirus: {
      clamav: {
        version: '1.4',
        database: 1,
        updatedAt: '2026-03-20T00:00:00.000Z',
        running: true,
        updating: false,
      },
      others: [],
    },
    audit: { running: true, enabled: 1, rules: 0, lost: 18_096, fromBoot: true },
    firewall: { tool: 'nftables', ipv4: true, ipv6: false, ipv6InUse: true, rules: 3 },
    time: { ...facts.time, offBySeconds: -7 },
    passwords: {
      minLength: { value: 8, from: 'pam_pwquality.so (default)' },
      lockAfter: 0,
      settings: {},
    },
  })
  expect(status('host-supported-os').reasons).toEqual(['ended'])
  expect(status('host-package-sources').reasons).toEqual(['unsigned'])
  expect(status('host-disk-encrypted').reasons).toEqual(['plain'])
  expect(status('host-antivirus-fresh').reasons).toEqual(['outdated'])
  expect(status('host-audit-running').reasons).toEqual(['no-rules'])
  expect(status('host-audit-complete').reasons).toEqual(['records-lost'])
  expect(status('host-firewall-active').reasons).toEqual(['ipv6-open'])
  expect(status('host-time-synchronised').reasons).toEqual(['clock-off'])
  expect(status('host-password-length').reasons).toEqual(['too-short'])
  expect(status('host-login-lockout').reasons).toEqual(['never'])
})

test('a cloud’s disk, another antivirus and audit without root are not proven', async () => {
  const facts = good()
  const status = await statusesOf({
    ...facts,
    disks: { volumes: [{ mount: '/', device: 'vda1', type: 'ext4', encrypted: null }] },
    antivirus: { clamav: null, others: ['Microsoft Defender'] },
    audit: { running: true, enabled: null, rules: null, lost: null, fromBoot: true },
    time: { ...facts.time, synchronised: null },
    passwords: { minLength: null, lockAfter: null, settings: {} },
    system: { ...facts.system, supportEnds: null, rebootPending: null },
  })
  for (const id of [
    'host-disk-encrypted',
    'host-antivirus-fresh',
    'host-audit-running',
    'host-audit-complete',
    'host-time-synchronised',
    'host-password-length',
    'host-login-lockout',
    'host-supported-os',
    'host-reboot-pending',
  ]) {
    expect([id, status(id).status]).toEqual([id, 'not-proven'])
  }
})

test('a restart that waits for more than a week is an exception', async () => {
  const facts = { ...good(), system: { ...good().system, rebootPending: true } }
  const opened = await seenAs(readingsOf(facts))
  expect((await judged(opened)).get('host-reboot-pending')?.status).toBe('met')
  for (const day of [4, 8]) {
    opened.clock.set(`2026-04-0${day}T00:00:00.000Z`)
    await opened.devices.record(
      opened.source,
      sighting(`2026-04-0${day}T00:00:00.000Z`, readingsOf(facts)),
      { by: 'system:observer' },
    )
  }
  opened.clock.advance({ hours: 1 })
  expect((await judged(opened)).get('host-reboot-pending')?.found).toMatchObject([
    { reason: 'waiting' },
  ])
})

test('every reason that a check can give has its words in both languages', () => {
  for (const check of deviceChecks) {
    const sql = `${check.exceptions} ${check.unproven ?? ''}`
    for (const reason of Object.keys(check.reasons)) expect(sql).toContain(`'${reason}'`)
    for (const { ja, en } of [
      check.title,
      check.rule,
      check.remedy,
      ...Object.values(check.reasons),
    ]) {
      expect(ja).toMatch(/[ぁ-んァ-ヶ一-龠]/)
      expect(en).toMatch(/^[A-Za-z]/)
    }
  }
})
