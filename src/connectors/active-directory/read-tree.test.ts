import { InsufficientAccessError, NoSuchObjectError, type Entry } from 'ldapts'
import { expect, test } from 'vitest'
import type { Connection } from './connection.ts'
import { readTree } from './read-tree.ts'
import { shownOf } from './shown.ts'

const base = 'DC=corp,DC=example,DC=test'
const guid = (n: number) => Buffer.from(n.toString(16).padStart(32, '0'), 'hex')
const now = new Date('2026-04-01T00:00:00Z')

/** A directory that keeps to Active Directory's limits, which Samba does not: 1,500 values at a time. */
function strictDirectory(members: readonly string[], hides: Error | null = null): Connection {
  const perAnswer = 1_500
  const group = (from: number): Entry => {
    const part = members.slice(from, from + perAnswer)
    const isLast = from + part.length >= members.length
    return {
      dn: `CN=big,${base}`,
      objectClass: ['top', 'group'],
      objectGUID: guid(1),
      sAMAccountName: 'big',
      member: [],
      [`member;range=${from}-${isLast ? '*' : from + perAnswer - 1}`]: part,
    }
  }
  const person = (dn: string, n: number): Entry => ({
    dn,
    objectClass: ['top', 'person', 'user'],
    objectGUID: guid(n + 2),
    sAMAccountName: `u${n}`,
    userAccountControl: '512',
  })
  return {
    async search(_, { filter }) {
      if (String(filter).includes('PasswordSettings')) {
        if (hides !== null) throw hides
        return []
      }
      return [group(0), ...members.map(person)]
    },
    async one(dn, attributes) {
      if (dn === '') {
        return {
          dn,
          highestCommittedUSN: '7',
          dsServiceName: 'CN=NTDS',
          defaultNamingContext: base,
        }
      }
      if (dn === 'CN=NTDS') throw new InsufficientAccessError()
      const [, from] = /range=(\d+)-\*/.exec(attributes.join()) ?? []
      return from === undefined ? { dn, minPwdLength: '7' } : group(Number(from))
    },
  }
}

const people = (count: number) => Array.from({ length: count }, (_, n) => `CN=u${n},${base}`)

test.each([1, 1_500, 1_501, 4_000])(
  'a group of %i members is read whole, however few come at a time',
  async (count) => {
    const tree = await readTree(strictDirectory(people(count)), base, null)
    const shown = shownOf(tree, null, now)
    expect(shown.groups[0]?.members).toHaveLength(count)
    expect(shown.groups[0]?.foreign).toBe(0)
    expect(shown.accounts).toHaveLength(count)
  },
)

test('a connection that ends within a group is a failure and never a smaller group', async () => {
  const whole = strictDirectory(people(2_000))
  const torn: Connection = {
    ...whole,
    one: async (dn, attributes) =>
      attributes.some((name) => name.startsWith('member')) ? null : await whole.one(dn, attributes),
  }
  await expect(readTree(torn, base, null)).rejects.toThrow('closed within a group')
})

test('what the reader may not see is no failure: the server is named by its place then', async () => {
  for (const hides of [new NoSuchObjectError(), new InsufficientAccessError()]) {
    const tree = await readTree(strictDirectory(people(2), hides), base, null)
    expect(tree).toMatchObject({ reading: 'full', policies: [], cursor: 'CN=NTDS:7' })
  }
  const next = await readTree(strictDirectory(people(2)), base, 'CN=NTDS:7')
  expect(next.reading).toBe('changes')
  const restored = await readTree(strictDirectory(people(2)), base, 'CN=NTDS:8')
  expect(restored.reading).toBe('full')
})
