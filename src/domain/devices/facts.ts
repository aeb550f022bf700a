import { z } from 'zod'
import type { Area } from './areas.ts'
import { gap } from './gaps.ts'

/**
 * The facts of each area, as they are kept: one JSON blob per area, named by its digest. What does
 * not change keeps its digest, so an observation that shows nothing new costs one small entry.
 * `null` always means "not known", never "no".
 */

/** Characters in any text taken from a machine; longer ones are cut by whoever reads them. */
export const FACT_TEXT_MAX = 400

export const listLimits = {
  packages: 20_000,
  pending: 5_000,
  sockets: 5_000,
  accounts: 5_000,
  rules: 2_000,
  volumes: 1_000,
  settings: 500,
} as const

const word = z.string().max(FACT_TEXT_MAX)
const count = z.int().min(0)
const instant = z.iso.datetime()
const day = z.iso.date()
const setting = z.record(word, word)

const system = z.strictObject({
  hostname: word,
  os: z.strictObject({ id: word, version: word, name: word }),
  /** The last day with security updates from the vendor, by our table; null when not in it. */
  supportEnds: day.nullable(),
  kernel: word,
  architecture: word,
  /** What systemd-detect-virt says: `none` on bare metal. */
  virtualisation: word.nullable(),
  container: z.boolean(),
  bootedAt: instant.nullable(),
  /** An update waits for a restart. */
  rebootPending: z.boolean().nullable(),
  observer: z.strictObject({ account: word, root: z.boolean() }),
})

const packages = z.strictObject({
  manager: z.enum(['dpkg', 'rpm', 'apk']),
  /** Name, version, architecture. */
  list: z.array(z.tuple([word, word, word])).max(listLimits.packages),
  /** Sources from which packages are taken without checking a signature. */
  unsignedSources: z.array(word).max(listLimits.settings).nullable(),
})

const pendingUpdate = z.strictObject({
  package: word,
  installed: word,
  candidate: word,
  /** Null where the package manager does not say. */
  security: z.boolean().nullable(),
  /** The first observation that saw it pending, or the day of issue where the vendor says it. */
  since: instant.nullable(),
  /** Whether `since` is when it became available, and not just when we first looked. */
  sinceKnown: z.boolean(),
})
export type PendingUpdate = z.infer<typeof pendingUpdate>

const updates = z.strictObject({
  /**
   * How many days ago the lists of what is available were fetched. An age, because it stays the same
   * from day to day on a machine that is looked after, and then nothing of the area has changed.
   */
  listsAgeDays: count.nullable(),
  /** Whether a source of security updates is configured: without one, none are ever pending. */
  securitySource: z.boolean().nullable(),
  pending: z.array(pendingUpdate).max(listLimits.pending),
})

const sockets = z.strictObject({
  list: z
    .array(
      z.strictObject({
        protocol: z.enum(['tcp', 'udp']),
        address: word,
        port: z.int().min(0).max(65_535),
        process: word.nullable(),
        /** Bound to more than the machine itself. */
        open: z.boolean(),
      }),
    )
    .max(listLimits.sockets),
})

const ssh = z.strictObject({
  installed: z.boolean(),
  /** From `sshd -T`; otherwise read from the files, with the defaults of OpenSSH. */
  effective: z.boolean(),
  /** Keyword in lower case to value. */
  settings: setting,
  /** Settings that a Match block changes for some. */
  matches: z
    .array(z.strictObject({ match: word, keyword: word, value: word }))
    .max(listLimits.settings),
})

const accounts = z.strictObject({
  list: z
    .array(
      z.strictObject({
        name: word,
        uid: count,
        shell: word,
        /** Has a shell that lets somebody in. */
        interactive: z.boolean(),
        password: z.enum(['set', 'locked', 'empty']).nullable(),
        /** How the password is hashed: `yescrypt`, `sha512`, … never the hash. */
        scheme: word.nullable(),
        changedOn: day.nullable(),
        /** Days after which it must be changed; null when never or not known. */
        maxDays: count.nullable(),
      }),
    )
    .max(listLimits.accounts),
  /** Members of the groups that make administrators: sudo, wheel, admin, docker, … */
  groups: z
    .array(z.strictObject({ group: word, members: z.array(word).max(listLimits.accounts) }))
    .max(20),
})

const sudo = z.strictObject({
  installed: z.boolean(),
  rules: z
    .array(
      z.strictObject({
        principal: word,
        runAs: word,
        commands: word,
        withoutPassword: z.boolean(),
        file: word,
      }),
    )
    .max(listLimits.rules),
})

const passwords = z.strictObject({
  minLength: z.strictObject({ value: count, from: word }).nullable(),
  /** Failed tries after which an account is locked; 0 when it never is. */
  lockAfter: count.nullable(),
  settings: setting,
})

const time = z.strictObject({
  synchronised: z.boolean().nullable(),
  by: word.nullable(),
  zone: word.nullable(),
  /** How far off the clock is at least, in seconds, measured against ours; 0 when not provably off. */
  offBySeconds: z.int(),
})

const disks = z.strictObject({
  volumes: z
    .array(
      z.strictObject({
        mount: word,
        device: word,
        type: word,
        /** Null for a virtual machine's disk: what the provider does below it cannot be seen. */
        encrypted: z.boolean().nullable(),
      }),
    )
    .max(listLimits.volumes),
})

const antivirus = z.strictObject({
  clamav: z
    .strictObject({
      version: word,
      database: count.nullable(),
      updatedAt: instant.nullable(),
      running: z.boolean(),
      updating: z.boolean(),
    })
    .nullable(),
  /** Other products whose process runs; how fresh they are is not known. */
  others: z.array(word).max(20),
})

const audit = z.strictObject({
  running: z.boolean(),
  /** 0 off, 1 on, 2 on until the next restart. */
  enabled: count.nullable(),
  rules: count.nullable(),
  lost: count.nullable(),
  /** `audit=1` on the kernel's command line: what starts before the daemon is recorded too. */
  fromBoot: z.boolean().nullable(),
})

const firewall = z.strictObject({
  tool: word.nullable(),
  /** Whether what is not allowed is refused, for IPv4 and IPv6. */
  ipv4: z.boolean(),
  ipv6: z.boolean(),
  ipv6InUse: z.boolean(),
  rules: count,
})

/** What was found out about an area: its facts, or why there are none. */
const reading = <S extends z.ZodObject>(facts: S) =>
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('read'), gaps: z.array(gap).max(50), facts }),
    z.strictObject({ state: z.literal('unreadable'), gaps: z.array(gap).min(1).max(50) }),
  ])

const schemas = {
  system: reading(system),
  packages: reading(packages),
  updates: reading(updates),
  sockets: reading(sockets),
  ssh: reading(ssh),
  accounts: reading(accounts),
  sudo: reading(sudo),
  passwords: reading(passwords),
  time: reading(time),
  disks: reading(disks),
  antivirus: reading(antivirus),
  audit: reading(audit),
  firewall: reading(firewall),
} as const satisfies Record<Area, z.ZodType>

export type Reading<A extends Area = Area> = z.infer<(typeof schemas)[A]>
export type FactsOf<A extends Area> = Extract<Reading<A>, { readonly state: 'read' }>['facts']
export type Readings = { readonly [A in Area]: Reading<A> }

/** Reads back what was kept of each area. */
export const readings: { readonly [A in Area]: z.ZodType<Reading<A>> } = schemas
