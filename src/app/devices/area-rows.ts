import type { Area } from '../../domain/devices/areas.ts'
import { accountKey } from '../../domain/devices/events.ts'
import type { FactsOf } from '../../domain/devices/facts.ts'
import type { Row } from '../projection.ts'

/** Rows of one table; a table named without rows is one in which the machine is not. */
export type TableRows = Readonly<Record<string, readonly Row[]>>

type Of = { readonly host: string; readonly seq: number }
type RowsOf<A extends Area> = (facts: FactsOf<A>, of: Of) => TableRows

/** The tables of each area. All that an area does not name is only in `host_areas`. */
export const areaTables = {
  packages: ['host_packages'],
  updates: ['host_updates', 'host_pending'],
  sockets: ['host_sockets'],
  ssh: ['host_ssh', 'host_ssh_matches'],
  accounts: ['host_accounts'],
  sudo: ['host_sudo'],
  passwords: ['host_passwords'],
  time: ['host_time'],
  disks: ['host_volumes'],
  antivirus: ['host_antivirus'],
  audit: ['host_audit'],
  firewall: ['host_firewall'],
} as const satisfies Record<Exclude<Area, 'system'>, readonly string[]>

const packages: RowsOf<'packages'> = (facts, of) => ({
  host_packages: [
    {
      ...of,
      manager: facts.manager,
      packages: facts.list.length,
      unsigned_sources: facts.unsignedSources,
    },
  ],
})

const updates: RowsOf<'updates'> = ({ listsAgeDays, securitySource, pending }, of) => {
  const known = pending.every((update) => update.security !== null)
  return {
    host_updates: [
      {
        ...of,
        lists_age_days: listsAgeDays,
        security_source: securitySource,
        pending: pending.length,
        security: known ? pending.filter((update) => update.security === true).length : null,
      },
    ],
    host_pending: pending.map(({ sinceKnown, ...update }) => ({
      ...of,
      ...update,
      since_known: sinceKnown,
    })),
  }
}

const sockets: RowsOf<'sockets'> = ({ list }, of) => ({
  host_sockets: list.map((socket) => ({ ...of, ...socket })),
})

const ssh: RowsOf<'ssh'> = ({ installed, effective, settings, matches }, of) => {
  const setting = (keyword: string) => settings[keyword]?.toLowerCase() ?? null
  const tries = settings['maxauthtries'] ?? ''
  return {
    host_ssh: [
      {
        ...of,
        installed,
        effective,
        permit_root_login: setting('permitrootlogin'),
        password_authentication: setting('passwordauthentication'),
        kbd_interactive_authentication: setting('kbdinteractiveauthentication'),
        authentication_methods: setting('authenticationmethods'),
        permit_empty_passwords: setting('permitemptypasswords'),
        max_auth_tries: /^[0-9]{1,6}$/.test(tries) ? Number(tries) : null,
        x11_forwarding: setting('x11forwarding'),
      },
    ],
    host_ssh_matches: matches.map(({ match, keyword, value }, number) => ({
      ...of,
      number,
      match,
      keyword,
      value: value.toLowerCase(),
    })),
  }
}

const accounts: RowsOf<'accounts'> = ({ list }, of) => ({
  host_accounts: list.map((account) => ({
    ...of,
    account: account.name,
    account_key: accountKey(of.host, account.name),
    uid: account.uid,
    shell: account.shell,
    interactive: account.interactive,
    password: account.password,
    scheme: account.scheme,
    changed_on: account.changedOn,
    max_days: account.maxDays,
  })),
})

const sudo: RowsOf<'sudo'> = ({ rules }, of) => ({
  host_sudo: rules.map((rule, number) => ({
    ...of,
    number,
    principal: rule.principal,
    run_as: rule.runAs,
    commands: rule.commands,
    without_password: rule.withoutPassword,
    file: rule.file,
  })),
})

const passwords: RowsOf<'passwords'> = ({ minLength, lockAfter }, of) => ({
  host_passwords: [
    {
      ...of,
      min_length: minLength?.value ?? null,
      min_length_from: minLength?.from ?? null,
      lock_after: lockAfter,
    },
  ],
})

const time: RowsOf<'time'> = (facts, of) => ({
  host_time: [
    {
      ...of,
      synchronised: facts.synchronised,
      synchronised_by: facts.by,
      zone: facts.zone,
      off_by_seconds: facts.offBySeconds,
    },
  ],
})

const disks: RowsOf<'disks'> = ({ volumes }, of) => ({
  host_volumes: volumes.map((volume) => ({ ...of, ...volume })),
})

const antivirus: RowsOf<'antivirus'> = ({ clamav, others }, of) => ({
  host_antivirus: [
    {
      ...of,
      installed: clamav !== null,
      version: clamav?.version ?? null,
      database_at: clamav?.updatedAt ?? null,
      running: clamav?.running ?? false,
      updating: clamav?.updating ?? false,
      others,
    },
  ],
})

const audit: RowsOf<'audit'> = ({ fromBoot, ...facts }, of) => ({
  host_audit: [{ ...of, ...facts, from_boot: fromBoot }],
})

const firewall: RowsOf<'firewall'> = ({ ipv6InUse, ...facts }, of) => ({
  host_firewall: [{ ...of, ...facts, ipv6_in_use: ipv6InUse }],
})

export const areaRows: { readonly [A in Exclude<Area, 'system'>]: RowsOf<A> } = {
  packages,
  updates,
  sockets,
  ssh,
  accounts,
  sudo,
  passwords,
  time,
  disks,
  antivirus,
  audit,
  firewall,
}
