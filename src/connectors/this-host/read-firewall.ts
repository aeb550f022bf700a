import type { Reading } from '../../domain/devices/facts.ts'
import type { Gap } from '../../domain/devices/gaps.ts'
import { isContainer } from './read-system.ts'
import { gap, gapOf, linesOf, type Section, type Sections } from './sections.ts'

type Denies = { ipv4: boolean; ipv6: boolean; rules: number }

/**
 * Whether the machine's own firewall refuses what it does not allow: an input chain with the policy
 * drop, or with an unconditional drop or reject as its end. What the network before it filters
 * cannot be seen from here.
 */
export function readFirewall(probe: Sections): Reading<'firewall'> {
  const sections = {
    nft: probe.of('nftables'),
    v4: probe.of('iptables'),
    v6: probe.of('ip6tables'),
  }
  const ipv6 = probe.of('ipv6')
  const ipv6InUse = ipv6.status === 0 && /[0-9a-f]/.test(ipv6.text)
  const denied = sections.nft.status === 77 || sections.v4.status === 77
  if (denied) return { state: 'unreadable', gaps: [gap('firewall', 'needs-root')] }
  const missing = (section: Section) => section.status === 127 || section.status === 66
  const read = Object.values(sections).filter(({ status }) => status === 0)
  const broken = Object.entries(sections).filter(([, s]) => s.status !== 0 && !missing(s))
  if (read.length === 0 && broken.length > 0) {
    return { state: 'unreadable', gaps: broken.map(([name, section]) => gapOf(name, section)) }
  }
  const found = [
    nftDenies(sections.nft),
    { ...iptablesDenies(sections.v4), ipv6: false },
    { ...iptablesDenies(sections.v6), ipv4: false },
  ]
  const facts = {
    tool: sections.nft.status === 0 ? 'nftables' : read.length > 0 ? 'iptables' : null,
    ipv4: found.some((one) => one.ipv4),
    ipv6: found.some((one) => one.ipv6),
    ipv6InUse,
    rules: found.reduce((sum, one) => sum + one.rules, 0),
  }
  if (facts.rules === 0 && isContainer(probe)) {
    return { state: 'unreadable', gaps: [gap('firewall', 'inside-container')] }
  }
  const gaps: Gap[] = broken.map(([name, section]) => gapOf(name, section))
  return { state: 'read', gaps, facts }
}

/** The output of `nft list ruleset`: tables of chains, of which those at the input hook count. */
function nftDenies(section: Section): Denies {
  const denies: Denies = { ipv4: false, ipv6: false, rules: 0 }
  let family = ''
  let chain: { input: boolean; refuses: boolean } | null = null
  if (section.status !== 0) return denies
  for (const line of linesOf(section.text).map((text) => text.trim())) {
    const table = /^table (\w{1,10}) /.exec(line)
    if (table !== null) family = table[1] ?? ''
    else if (/^chain \S+ \{$/.test(line)) chain = { input: false, refuses: false }
    else if (chain === null || line === '') continue
    else if (line === '}') {
      if (chain.input && chain.refuses) {
        denies.ipv4 ||= family === 'ip' || family === 'inet'
        denies.ipv6 ||= family === 'ip6' || family === 'inet'
      }
      chain = null
    } else if (line.startsWith('type ')) {
      chain.input = line.startsWith('type filter hook input ')
      chain.refuses = line.endsWith('; policy drop;')
    } else {
      denies.rules += 1
      chain.refuses ||= isRefusal(line)
    }
  }
  return denies
}

/** A rule without a condition that drops or rejects; counting and logging are no conditions. */
function isRefusal(rule: string): boolean {
  const bare = rule
    .replace(/^counter( packets [0-9]+ bytes [0-9]+)? ?/, '')
    .replace(/^log( prefix "[^"]*")?( level \w+)?( flags \w+)? ?/, '')
    .replace(/^counter( packets [0-9]+ bytes [0-9]+)? ?/, '')
  return /^(drop|reject)( |$)/.test(bare)
}

/** The output of `iptables-save`: the INPUT chain of the filter table. */
function iptablesDenies(section: Section): Denies {
  const lines = section.status === 0 ? linesOf(section.text) : []
  let table = ''
  let refuses = false
  let rules = 0
  for (const line of lines) {
    if (line.startsWith('*')) table = line.slice(1).trim()
    if (line.startsWith('-A ')) rules += 1
    if (table !== 'filter') continue
    refuses ||= line.startsWith(':INPUT DROP ')
    refuses ||= /^-A INPUT( -m comment --comment ("[^"]*"|\S+))? -j (DROP|REJECT)( |$)/.test(line)
  }
  return { ipv4: refuses, ipv6: refuses, rules }
}
