import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Known, Shown } from '../../src/app/directory/connector.ts'
import { activeDirectory } from '../../src/connectors/active-directory/active-directory.ts'
import type { DirectoryTarget } from '../../src/domain/directory/target.ts'
import { base, noDomain, startDomain, userLdif, type Domain } from './samba.ts'

const watch = { now: () => new Date(), progress: () => {} }

function look(target: DirectoryTarget, password: string, known: Known | null = null) {
  return activeDirectory.observe({ target, password, known }, watch)
}

async function shownBy(domain: Domain, known: Known | null = null): Promise<Shown> {
  const seen = await look(domain.target, domain.password, known)
  if (seen.outcome === 'failed') throw new Error(`${seen.code}: ${seen.detail}`)
  return seen.shown
}

function knownFrom({ cursor, accounts, groups }: Shown): Known {
  const all = [...accounts, ...groups]
  return {
    cursor,
    ids: new Map(all.map(({ dn, id }) => [(dn ?? '').toLowerCase(), id])),
    policies: new Map(),
    primaryGroups: new Map(
      accounts.flatMap(({ id, primaryGroup }) =>
        primaryGroup === null ? [] : [[id, primaryGroup]],
      ),
    ),
  }
}

/** 60 people, a service, a stale and a disabled account, groups within each other. */
async function fill(domain: Omit<Domain, 'stop'>): Promise<void> {
  const people = Array.from({ length: 60 }, (_, at) =>
    userLdif(`person${at}`, [`displayName: Person ${at}`, `employeeID: E${at}`]),
  )
  const others = [
    userLdif('gone1', [], 514),
    userLdif('svc-backup', [
      'servicePrincipalName: backup/db1',
      'msDS-AllowedToDelegateTo: cifs/x',
    ]),
    userLdif('stale1', ['lastLogonTimestamp: 133000000000000000']),
    userLdif('legacy', [], 512 | 0x10000 | 0x400000),
    userLdif('山田', ['displayName:: 5bGx55SwIOWkqumDjg==']),
    ...['inner', 'outer', 'policy'].map(
      (name) => `dn: CN=${name},CN=Users,${base}\nobjectClass: group\nsAMAccountName: ${name}\n\n`,
    ),
  ]
  await domain.ldif('ldbadd', [...people, ...others].join(''))
  const member = (group: string, ...members: string[]) =>
    `dn: CN=${group},CN=Users,${base}\nchangetype: modify\nadd: member\n` +
    `${members.map((one) => `member: CN=${one},CN=Users,${base}`).join('\n')}\n\n`
  await domain.ldif(
    'ldbmodify',
    [
      member('inner', 'person1', 'outer'),
      member('outer', 'inner'),
      member('Domain Admins', 'outer'),
      member('policy', 'person2'),
    ].join(''),
  )
  const pso = ['domain', 'passwordsettings', 'pso']
  domain.tool(...pso, 'create', 'strict', '10', '--min-pwd-length=16', '--max-pwd-age=0')
  domain.tool(...pso, 'apply', 'strict', 'policy')
}

describe.skipIf(noDomain !== null)(
  `a real domain${noDomain === null ? '' : `: ${noDomain}`}`,
  () => {
    let domain: Domain
    beforeAll(async () => {
      domain = await startDomain(fill)
    }, 120_000)
    afterAll(() => domain.stop())

    test('everything is read: flags, times, services, names in any script', async () => {
      const { reading, accounts, cursor } = await shownBy(domain)
      expect(reading).toBe('full')
      expect(cursor).toMatch(/^[0-9a-f-]{36}:\d+$/)
      const by = (login: string) => accounts.find((one) => one.login === login)
      expect(by('person1')).toMatchObject({
        name: 'Person 1',
        employeeNumber: 'E1',
        kind: 'user',
        enabled: true,
        neverUsed: true,
        email: 'person1@corp.example.test',
      })
      expect(by('gone1')).toMatchObject({ enabled: false })
      expect(by('svc-backup')).toMatchObject({ kind: 'service' })
      expect(by('svc-backup')?.flags).toContain('delegation')
      expect(by('stale1')).toMatchObject({ neverUsed: false })
      expect(by('stale1')?.lastUsedAt).toMatch(/^2022-/)
      expect(by('legacy')?.flags).toEqual(
        expect.arrayContaining(['password-never-expires', 'no-preauthentication']),
      )
      expect(by('山田')).toMatchObject({ name: '山田 太郎' })
      expect(by('DC1$')).toMatchObject({ kind: 'computer', flags: [] })
      expect(by('person1')?.sid).toMatch(/^S-1-5-21-/)
    })

    test('groups hold their members, the primary one and cycles included; power is told by number', async () => {
      const { accounts, groups } = await shownBy(domain)
      const group = (name: string) => groups.find((one) => one.name === name)
      const everybody = group('Domain Users')
      const person = accounts.find(({ login }) => login === 'person5')
      expect(everybody?.members).toContain(person?.id)
      expect(group('inner')?.members).toContain(group('outer')?.id)
      expect(group('outer')?.members).toContain(group('inner')?.id)
      expect(group('Domain Admins')).toMatchObject({ privileged: true })
      expect(group('Administrators')).toMatchObject({ privileged: true })
      expect(everybody).toMatchObject({ privileged: false, foreign: 0 })
    })

    test('the policy of the domain and fine-grained ones are read, and whom each holds for', async () => {
      const { accounts, policies } = await shownBy(domain)
      expect(policies).toMatchObject([
        { id: 'domain', minLength: 7, history: 24, complexity: true, maxAgeDays: 42, lockAfter: 0 },
        { name: 'strict', precedence: 10, minLength: 16, maxAgeDays: 0, readable: true },
      ])
      const policyOf = (login: string) => accounts.find((one) => one.login === login)?.policy
      expect(policyOf('person2')).toBe('strict')
      expect(policyOf('person3')).toBeNull()
    })

    test('the next look reads only what has changed; what was deleted is seen', async () => {
      domain.tool('user', 'create', 'fleeting', 'Fl33ting-Passw0rd!')
      const first = await shownBy(domain)
      const fleeting = first.accounts.find(({ login }) => login === 'fleeting')
      domain.tool('user', 'disable', 'person3')
      domain.tool('user', 'delete', 'fleeting')
      const next = await shownBy(domain, knownFrom(first))
      expect(next.reading).toBe('changes')
      expect(next.accounts.find(({ login }) => login === 'person3')).toMatchObject({
        enabled: false,
      })
      expect(next.accounts.length).toBeLessThan(5)
      expect(next.deleted).toContain(fleeting?.id)
      const other = await shownBy(domain, { ...knownFrom(first), cursor: 'another-server:1' })
      expect(other.reading).toBe('full')
    })

    test('somebody who may not read the fine-grained policies hears that they are unreadable', async () => {
      domain.tool('user', 'create', 'reader', 'R3ader-Passw0rd!')
      const target = { ...domain.target, bindName: 'reader@corp.example.test' }
      const seen = await look(target, 'R3ader-Passw0rd!')
      if (seen.outcome === 'failed') throw new Error(seen.code)
      expect(seen.shown.policies).toMatchObject([
        { id: 'domain' },
        { name: 'strict', readable: false, minLength: null },
      ])
      expect(seen.shown.accounts.find(({ login }) => login === 'person2')?.policy).toBe('strict')
    })

    test('StartTLS works as LDAPS does', async () => {
      const seen = await look(
        { ...domain.target, port: 389, encryption: 'start-tls' },
        domain.password,
      )
      expect(seen.outcome).toBe('observed')
    })

    test('what goes wrong is told by its name, and no password is ever in it', async () => {
      const { target, password } = domain
      const failed = async (changes: Partial<DirectoryTarget>, secret = password) => {
        const seen = await look({ ...target, ...changes }, secret)
        expect(JSON.stringify(seen)).not.toContain(secret === '' ? 'never' : secret)
        return seen.outcome === 'failed' ? seen.code : seen.outcome
      }
      expect(await failed({}, 'Wr0ng-Passw0rd!')).toBe('bind-refused')
      expect(await failed({}, '')).toBe('secret-missing')
      expect(await failed({ serverName: 'other.example.test' })).toBe('certificate-refused')
      expect(await failed({ authority: null })).toBe('certificate-refused')
      expect(await failed({ baseDn: 'DC=nowhere,DC=test' })).toBe('base-unknown')
      expect(await failed({ port: 1 })).toBe('directory-unreachable')
      expect(await failed({ host: 'dc.invalid' })).toBe('directory-name-unknown')
      domain.tool('user', 'create', 'barred', 'B4rred-Passw0rd!')
      domain.tool('user', 'disable', 'barred')
      const barred = { bindName: 'barred@corp.example.test' }
      expect(await failed(barred, 'B4rred-Passw0rd!')).toBe('bind-disabled')
    })
  },
)
