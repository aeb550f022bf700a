import { expect, test } from 'vitest'
import { factsFrom, whyNot } from './testing.ts'

const dpkg = { 'package-manager': 'dpkg\n' }
const rpm = { 'package-manager': 'rpm\n' }
const apk = { 'package-manager': 'apk\n' }

const packages = 'ii \tbash\t5.2.15-2+b8\tamd64\nrc \told\t1.0\tamd64\nii \tzip\t3.0-13\tamd64\n'

test('only what is installed counts as a package, not what left its settings behind', () => {
  const facts = factsFrom('packages', { ...dpkg, packages, 'package-sources': '' })
  expect(facts).toEqual({
    manager: 'dpkg',
    list: [
      ['bash', '5.2.15-2+b8', 'amd64'],
      ['zip', '3.0-13', 'amd64'],
    ],
    unsignedSources: [],
  })
})

test('the packages of Red Hat and Alpine are read too', () => {
  const list = 'ii \topenssl-libs\t1:3.0.7-25.el9_3\tx86_64\n'
  expect(factsFrom('packages', { ...rpm, packages: list, 'package-sources': '' }).list).toEqual([
    ['openssl-libs', '1:3.0.7-25.el9_3', 'x86_64'],
  ])
  const alpine = 'musl-1.2.5-r9\nca-certificates-bundle-20241121-r1\n'
  const facts = factsFrom('packages', { ...apk, packages: alpine })
  expect(facts.list).toEqual([
    ['musl', '1.2.5-r9', ''],
    ['ca-certificates-bundle', '20241121-r1', ''],
  ])
  expect(facts.unsignedSources).toBe(null)
})

test('a system without a package manager that we know is not taken for one without packages', () => {
  expect(whyNot('packages', { 'package-manager': { status: 66 } })).toEqual(['not-supported'])
  expect(whyNot('updates', { 'package-manager': { status: 66 } })).toEqual(['not-supported'])
  expect(whyNot('packages', { ...dpkg, packages: 'nonsense' })).toEqual(['malformed'])
  expect(whyNot('packages', { ...dpkg, packages: { status: 124 } })).toEqual(['timed-out'])
})

test('sources whose signatures nobody checks are found, in every notation', () => {
  const files = {
    '/etc/apt/sources.list':
      'deb http://deb.debian.org/debian bookworm main\n' +
      'deb [arch=amd64 trusted=yes] http://repo.example.jp ./\n',
    '/etc/apt/sources.list.d/a.sources':
      'Types: deb\nURIs: http://a.example.jp\nSuites: x\n\n' +
      'Types: deb\nURIs: http://b.example.jp\nTrusted: yes\nSuites: x\n',
  }
  const facts = factsFrom('packages', { ...dpkg, packages, 'package-sources': { files } })
  expect(facts.unsignedSources).toEqual([
    '/etc/apt/sources.list: deb [arch=amd64 trusted=yes] http://repo.example.jp ./',
    '/etc/apt/sources.list.d/a.sources: http://b.example.jp',
  ])
  const yum = {
    '/etc/yum.repos.d/x.repo':
      '[base]\nenabled=1\ngpgcheck=1\n[extra]\ngpgcheck = 0\n[off]\nenabled=0\ngpgcheck=0\n',
  }
  const list = 'ii \tbash\t5\tx86_64\n'
  expect(
    factsFrom('packages', { ...rpm, packages: list, 'package-sources': { files: yum } })
      .unsignedSources,
  ).toEqual(['/etc/yum.repos.d/x.repo: [extra]'])
})

const lists =
  'changed 1774900000\nchanged 1774986400\nrelease\nOrigin: Debian\nLabel: Debian-Security\n' +
  'Suite: stable-security\nDate: Tue, 31 Mar 2026 20:10:11 UTC\n'

test('what apt would install is told by origin: security or not', () => {
  const updates =
    'Inst libssl3 [3.0.15-1~deb12u1] (3.0.16-1~deb12u1 Debian-Security:12/stable-security [amd64])\n' +
    'Inst base-files [12.4+deb12u10] (12.4+deb12u11 Debian:12.11/stable [amd64]) []\n' +
    'Inst linux-image-6.1.0-37-amd64 (6.1.140-1 Debian-Security:12/stable-security [amd64])\n' +
    'Conf libssl3 (3.0.16-1~deb12u1 Debian-Security:12/stable-security [amd64])\n'
  const facts = factsFrom('updates', { ...dpkg, updates, 'update-lists': lists })
  expect(facts.pending.map(({ package: name, security }) => [name, security])).toEqual([
    ['libssl3', true],
    ['base-files', false],
  ])
  expect(facts).toMatchObject({ securitySource: true, listsAgeDays: 0 })
})

test('Ubuntu names security as one of several origins', () => {
  const updates =
    'Inst curl [7.81.0-1ubuntu1.18] (7.81.0-1ubuntu1.20 Ubuntu:22.04/jammy-updates, ' +
    'Ubuntu:22.04/jammy-security [amd64])\n'
  expect(factsFrom('updates', { ...dpkg, updates, 'update-lists': lists }).pending).toEqual([
    {
      package: 'curl',
      installed: '7.81.0-1ubuntu1.18',
      candidate: '7.81.0-1ubuntu1.20',
      security: true,
      since: null,
      sinceKnown: false,
    },
  ])
})

test('without lists, or without a security source in them, nothing is said to be up to date', () => {
  const plainLists = 'release\nLabel: Debian\nSuite: stable\nDate: Sat, 14 Mar 2026 09:00:00 UTC\n'
  const facts = factsFrom('updates', { ...dpkg, updates: '', 'update-lists': plainLists })
  expect(facts).toMatchObject({ securitySource: false, listsAgeDays: 17 })
  const none = factsFrom('updates', { ...dpkg, updates: '', 'update-lists': '' })
  expect(none).toEqual({ securitySource: false, listsAgeDays: null, pending: [] })
  expect(whyNot('updates', { ...dpkg, updates: { status: 100 } })).toEqual(['failed'])
})

test('dnf says which updates are about security, and dnf 5 since when', () => {
  const updates = {
    status: 100,
    text: '\nopenssl-libs.x86_64   1:3.0.7-27.el9   baseos\ntzdata.noarch   2025b-1.el9   baseos\n',
  }
  const four = {
    files: {
      pending: 'RHSA-2025:1234 Important/Sec. openssl-libs-1:3.0.7-27.el9.x86_64\n',
      any: 'RHBA-2024:1 bugfix bash-5.1.8-9.el9.x86_64\n',
    },
  }
  const read = (advisories: typeof four) =>
    factsFrom('updates', {
      ...rpm,
      updates,
      'update-advisories': advisories,
      'update-lists': 'changed 1774986400\n',
    })
  expect(read(four)).toMatchObject({
    securitySource: true,
    pending: [
      { package: 'openssl-libs', security: true, since: null },
      { package: 'tzdata', security: false },
    ],
  })
  const five = {
    files: {
      pending:
        'Name               Type     Severity  Package                             Issued\n' +
        'FEDORA-2026-1a2b3c security Important openssl-libs-1:3.0.7-27.el9.x86_64 2026-03-20 01:14:23\n',
      any: four.files.any,
    },
  }
  expect(read(five).pending[0]).toMatchObject({
    since: '2026-03-20T00:00:00.000Z',
    sinceKnown: true,
  })
})

test('where no advisory is known, as on CentOS, nobody knows which updates are about security', () => {
  const facts = factsFrom('updates', {
    ...rpm,
    updates: { status: 100, text: 'bash.x86_64 5.1.8-9 baseos\n' },
    'update-advisories': { files: { pending: '', any: '' } },
    'update-lists': 'changed 1774986400\n',
  })
  expect(facts).toMatchObject({ securitySource: null, pending: [{ security: null }] })
  expect(whyNot('updates', { ...rpm, updates: { status: 77 } })).toEqual(['needs-root'])
})

test('apk lists what is behind, without a word on security', () => {
  const updates =
    'Installed:                                Available:\nbusybox-1.37.0-r12   < 1.37.0-r14 \n'
  const facts = factsFrom('updates', { ...apk, updates, 'update-lists': 'changed 1774986400\n' })
  expect(facts.pending).toMatchObject([
    { package: 'busybox', installed: '1.37.0-r12', candidate: '1.37.0-r14', security: null },
  ])
})
