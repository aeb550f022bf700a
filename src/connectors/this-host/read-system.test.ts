import { expect, test } from 'vitest'
import { supportEndOf } from './support-ends.ts'
import { factsFrom, readingsFrom, whyNot } from './testing.ts'

test('the release, its support, the kernel and who looked are read', () => {
  expect(factsFrom('system', {})).toEqual({
    hostname: 'db1',
    os: { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' },
    supportEnds: '2028-06-30',
    kernel: '6.1.0-31-amd64',
    architecture: 'x86_64',
    virtualisation: 'none',
    container: false,
    bootedAt: '2026-03-20T09:46:40.000Z',
    rebootPending: false,
    observer: { account: 'root', root: true },
  })
})

test('support ends by the release as far as the vendor counts it, and is unknown otherwise', () => {
  expect(supportEndOf('ubuntu', '22.04')).toBe('2027-05-31')
  expect(supportEndOf('rhel', '9.4')).toBe('2032-05-31')
  expect(supportEndOf('almalinux', '8.10')).toBe('2029-03-01')
  expect(supportEndOf('alpine', '3.21.3')).toBe('2026-11-01')
  expect(supportEndOf('amzn', '2023')).toBe('2029-06-30')
  expect(supportEndOf('debian', '')).toBe(null)
  expect(supportEndOf('haiku', '1')).toBe(null)
})

test('a newer kernel of the same flavour, or the distribution’s own mark, waits for a restart', () => {
  const pending = (restart: string) => factsFrom('system', { restart }).rebootPending
  expect(pending('kernel 6.1.0-31-amd64\nkernel 6.1.0-37-amd64\n')).toBe(true)
  expect(pending('kernel 6.1.0-9-amd64\nkernel 6.1.0-31-amd64\n')).toBe(false)
  expect(pending('kernel 6.1.0-31-amd64\nkernel 6.1.0-37-rt-amd64\n')).toBe(false)
  expect(pending('required\n')).toBe(true)
  // Another kernel runs than any that is installed, as in a container.
  expect(pending('kernel 5.10.0-1-amd64\n')).toBe(null)
  expect(pending('')).toBe(null)
})

test('within a container what belongs to the machine below cannot be seen, and is not made up', () => {
  const none = { status: 66 }
  const tables = { nftables: '', iptables: none, ip6tables: none }
  const inside = { virtualisation: 'docker\n', container: 'yes\n', processes: 'sshd\n', ...tables }
  const readings = readingsFrom(inside)
  for (const area of ['time', 'disks', 'audit', 'firewall'] as const) {
    expect([area, whyNot(area, inside)]).toEqual([area, ['inside-container']])
  }
  expect(readings.system).toMatchObject({ facts: { container: true } })
})

const timedatectl = 'Timezone=Asia/Tokyo\nNTP=yes\nNTPSynchronized=yes\n'

test('chrony, ntpd and systemd each say whether the clock follows a source', () => {
  const chrony =
    'Reference ID    : A9FEA97B (169.254.169.123)\nStratum         : 4\n' +
    'System time     : 0.000003 seconds slow of NTP time\nLeap status     : Normal\n'
  expect(factsFrom('time', { chrony, timedatectl })).toEqual({
    synchronised: true,
    by: '169.254.169.123',
    zone: 'Asia/Tokyo',
    offBySeconds: 0,
  })
  const lost = chrony.replace('Normal', 'Not synchronised')
  expect(factsFrom('time', { chrony: lost }).synchronised).toBe(false)
  const ntp =
    '     remote           refid      st t when poll reach   delay   offset  jitter\n' +
    '==============================================================================\n' +
    '*10.0.0.1        .GPS.            1 u   33   64  377    0.5    0.01    0.02\n'
  expect(factsFrom('time', { ntp })).toMatchObject({ synchronised: true, by: '10.0.0.1' })
  expect(factsFrom('time', { ntp: ntp.replace('*', ' ') }).synchronised).toBe(false)
  const running = { timedatectl, processes: 'systemd-timesyn\n' }
  expect(factsFrom('time', running)).toMatchObject({ synchronised: true, by: 'systemd-timesyn' })
  expect(factsFrom('time', { timedatectl: { status: 1 } }).synchronised).toBe(null)
})

test('a clock is off only as far as the time of the run itself cannot explain', () => {
  const off = (start: number, end: number) =>
    factsFrom('time', {
      timedatectl,
      'clock-start': `${1_775_001_600 + start}\n`,
      'clock-end': `${1_775_001_600 + end}\n`,
    }).offBySeconds
  // The run took 0 to 6 seconds by our clock.
  expect(off(0, 5)).toBe(0)
  expect(off(5, 6)).toBe(0)
  expect(off(30, 36)).toBe(30)
  expect(off(-20, -15)).toBe(-19)
  expect(factsFrom('time', { timedatectl, 'clock-start': 'x\n' }).offBySeconds).toBe(0)
})

const lsblk = (nodes: object[]) => JSON.stringify({ blockdevices: nodes })
const encrypted = lsblk([
  {
    name: 'sda',
    type: 'disk',
    fstype: null,
    mountpoint: null,
    children: [
      { name: 'sda1', type: 'part', fstype: 'ext2', mountpoint: '/boot' },
      {
        name: 'sda2',
        type: 'part',
        fstype: 'crypto_LUKS',
        mountpoint: null,
        children: [
          {
            name: 'sda2_crypt',
            type: 'crypt',
            fstype: 'LVM2_member',
            mountpoint: null,
            children: [
              { name: 'vg-root', type: 'lvm', fstype: 'ext4', mountpoint: '/' },
              { name: 'vg-swap', type: 'lvm', fstype: 'swap', mountpoint: '[SWAP]' },
            ],
          },
        ],
      },
    ],
  },
  { name: 'sdb', type: 'disk', fstype: 'xfs', mountpoint: '/srv' },
  { name: 'loop0', type: 'loop', fstype: 'squashfs', mountpoint: '/snap/core/1' },
  { name: 'zram0', type: 'disk', fstype: null, mountpoint: '[SWAP]' },
])

test('a volume is encrypted when dm-crypt lies anywhere below it', () => {
  expect(factsFrom('disks', { 'block-devices': encrypted }).volumes).toEqual([
    { mount: '/', device: 'vg-root', type: 'ext4', encrypted: true },
    { mount: '/srv', device: 'sdb', type: 'xfs', encrypted: false },
    { mount: '[SWAP]', device: 'vg-swap', type: 'swap', encrypted: true },
  ])
})

test('what lies below a virtual disk is not known; a key within the machine still is', () => {
  const cloud = { virtualisation: 'amazon\n', 'block-devices': encrypted }
  expect(factsFrom('disks', cloud).volumes.map((volume) => volume.encrypted)).toEqual([
    true,
    null,
    true,
  ])
  const unknown = { virtualisation: { status: 127 }, 'block-devices': encrypted }
  expect(factsFrom('disks', unknown).volumes[1]?.encrypted).toBe(null)
})

test('without lsblk the mounts are known and the rest is not guessed', () => {
  const mounts = '/dev/sda1 / ext4\n/dev/mapper/crypt /srv xfs\n/dev/loop0 /snap/x squashfs\n'
  expect(factsFrom('disks', { 'block-devices': { status: 127 }, mounts }).volumes).toEqual([
    { mount: '/', device: '/dev/sda1', type: 'ext4', encrypted: false },
    { mount: '/srv', device: '/dev/mapper/crypt', type: 'xfs', encrypted: null },
  ])
  expect(whyNot('disks', { 'block-devices': '[' })).toEqual(['malformed'])
  expect(whyNot('disks', { 'block-devices': '['.repeat(100_000) })).toEqual(['malformed'])
  expect(whyNot('disks', { 'block-devices': lsblk([]) })).toEqual(['malformed'])
})
