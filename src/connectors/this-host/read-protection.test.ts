import { expect, test } from 'vitest'
import { factsFrom, readingsFrom, whyNot } from './testing.ts'

test('ClamAV says its version, and its database how old it is', () => {
  const header = 'header ClamAV-VDB:31 Mar 2026 04-46 -0400:27800:2071000:63:md5:sig:builder:1\n'
  const clamav = `ClamAV 1.4.3/27799/Mon Mar 30 08:46:03 2026\n${header}`
  expect(factsFrom('antivirus', { clamav, processes: 'clamd\nfreshclam\n' })).toEqual({
    clamav: {
      version: '1.4.3',
      database: 27_800,
      updatedAt: '2026-03-31T08:46:00.000Z',
      running: true,
      updating: true,
    },
    others: [],
  })
  const said = factsFrom('antivirus', { clamav: clamav.split('\n')[0] ?? '' })
  expect(said.clamav).toMatchObject({ updatedAt: '2026-03-30T08:46:03.000Z', running: false })
  expect(factsFrom('antivirus', { clamav: 'ClamAV 1.0.7\n' }).clamav).toMatchObject({
    version: '1.0.7',
    database: null,
    updatedAt: null,
  })
})

test('no antivirus is a fact; another product that runs is named', () => {
  const none = { clamav: { status: 66 } }
  expect(factsFrom('antivirus', none)).toEqual({ clamav: null, others: [] })
  expect(
    factsFrom('antivirus', { ...none, processes: 'falcon-sensor\nwdavdaemon\n' }).others,
  ).toEqual(['CrowdStrike Falcon', 'Microsoft Defender'])
})

const status =
  'enabled 1\nfailure 1\npid 512\nrate_limit 0\nbacklog_limit 8192\nlost 18096\nbacklog 0\n'

test('auditing is told by the kernel: on or off, its rules, and what it lost', () => {
  const sections = {
    processes: 'auditd\n',
    'audit-status': status,
    'audit-rules': '-w /etc/passwd -p wa -k identity\n-a always,exit -F arch=b64 -S execve\n',
    'boot-arguments': 'audit=1\naudit_backlog_limit=8192\n',
  }
  expect(factsFrom('audit', sections)).toEqual({
    running: true,
    enabled: 1,
    rules: 2,
    lost: 18_096,
    fromBoot: true,
  })
  expect(factsFrom('audit', { ...sections, 'audit-rules': 'No rules\n' }).rules).toBe(0)
  const before = {
    ...sections,
    'audit-status': 'AUDIT_STATUS: enabled=2 flag=1 pid=9 lost=0 backlog=0\n',
  }
  expect(factsFrom('audit', before)).toMatchObject({ enabled: 2, lost: 0 })
})

test('without root it is known that the daemon runs, and not what it does', () => {
  const sections = {
    processes: 'auditd\n',
    'audit-status': { status: 77 },
    'audit-rules': { status: 77 },
    'boot-arguments': '',
  }
  expect(factsFrom('audit', sections)).toEqual({
    running: true,
    enabled: null,
    rules: null,
    lost: null,
    fromBoot: false,
  })
  expect(readingsFrom(sections).audit.gaps).toMatchObject([
    { reason: 'needs-root' },
    { reason: 'needs-root' },
  ])
})

const chain = (family: string, policy: string, ...rules: string[]) =>
  `table ${family} filter {\n\tset blocked {\n\t\ttype ipv4_addr\n\t}\n\n\tchain input {\n` +
  `\t\ttype filter hook input priority filter; policy ${policy};\n` +
  `${rules.map((rule) => `\t\t${rule}\n`).join('')}\t}\n\n\tchain forward {\n` +
  '\t\ttype filter hook forward priority filter; policy drop;\n\t}\n}\n'

const firewall = (nftables: string) =>
  factsFrom('firewall', {
    nftables,
    iptables: { status: 66 },
    ip6tables: { status: 66 },
    ipv6: '2001db8::1\n',
  })

test('a firewall refuses by its policy, or by a last rule without a condition', () => {
  expect(firewall(chain('inet', 'drop', 'ct state established,related accept'))).toEqual({
    tool: 'nftables',
    ipv4: true,
    ipv6: true,
    ipv6InUse: true,
    rules: 1,
  })
  expect(firewall(chain('inet', 'accept', 'tcp dport 22 accept'))).toMatchObject({
    ipv4: false,
    ipv6: false,
  })
  expect(firewall(chain('ip', 'drop'))).toMatchObject({ ipv4: true, ipv6: false })
  // firewalld and others end with a rule of their own.
  const last = chain(
    'inet',
    'accept',
    'ct state { established, related } accept',
    'reject with icmpx admin-prohibited',
  )
  expect(firewall(last)).toMatchObject({ ipv4: true, ipv6: true })
  expect(firewall(chain('inet', 'accept', 'counter packets 0 bytes 0 drop')).ipv4).toBe(true)
  expect(firewall(chain('inet', 'accept', 'ip saddr 10.0.0.1 drop')).ipv4).toBe(false)
})

test('what only forwards or leaves is no protection of the machine itself', () => {
  const rules =
    'table ip filter {\n\tchain out {\n\t\ttype filter hook output priority 0; policy drop;\n\t}\n}\n'
  expect(firewall(rules)).toMatchObject({ ipv4: false, ipv6: false })
})

test('the old tables of iptables count as well', () => {
  const saved = (policy: string, ...rules: string[]) =>
    `*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ${policy} [0:0]\n:FORWARD DROP [0:0]\n${rules.join('\n')}\nCOMMIT\n`
  const read = (iptables: string) =>
    factsFrom('firewall', {
      nftables: { status: 127 },
      iptables,
      ip6tables: saved('ACCEPT'),
      ipv6: '',
    })
  expect(read(saved('DROP', '-A INPUT -i lo -j ACCEPT'))).toEqual({
    tool: 'iptables',
    ipv4: true,
    ipv6: false,
    ipv6InUse: false,
    rules: 1,
  })
  expect(
    read(
      saved(
        'ACCEPT',
        '-A INPUT -p tcp --dport 22 -j ACCEPT',
        '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
      ),
    ).ipv4,
  ).toBe(true)
  expect(read(saved('ACCEPT', '-A INPUT -s 10.0.0.1/32 -j DROP')).ipv4).toBe(false)
})

test('no tool as root is no firewall; without root nothing is known', () => {
  const missing = {
    nftables: { status: 127 },
    iptables: { status: 127 },
    ip6tables: { status: 127 },
  }
  expect(factsFrom('firewall', missing)).toMatchObject({ tool: null, ipv4: false, rules: 0 })
  expect(whyNot('firewall', { ...missing, nftables: { status: 77 } })).toEqual(['needs-root'])
  expect(whyNot('firewall', { ...missing, nftables: { status: 1, complaint: 'no' } })).toEqual([
    'failed',
  ])
})
