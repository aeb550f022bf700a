import { z } from 'zod'
import { route } from './route.ts'
import { asOf, done, hostId, instant, runId, sha256, shown, sourceId, who } from './shared.ts'

const runState = z.enum(['running', 'succeeded', 'failed'])

/** Why nothing was observed: what happened and what to do, and the other side's own words. */
const failure = z.object({ code: z.string(), explanation: shown, message: z.string() })

const sourceRow = z.object({
  id: sourceId,
  connector: z.enum(['this-host']),
  name: z.string(),
  /** `local`, or `ssh`. */
  kind: z.enum(['local', 'ssh']),
  /** Empty for this machine, else `user@host:port`. */
  target: z.string(),
  everyHours: z.int(),
  state: z.enum(['active', 'removed']),
  addedAt: instant,
  addedBy: who,
  removal: z.object({ reason: z.string(), by: who, at: instant }).nullable(),
  /** The machine that it showed last. */
  host: z.object({ id: hostId, hostname: z.string() }).nullable(),
  lastSuccessAt: instant.nullable(),
  lastFailure: failure.extend({ at: instant }).nullable(),
  /** Failures since the last success. */
  failuresInARow: z.int(),
  nextAt: instant.nullable(),
  running: runId.nullable(),
})

export const listSources = route({
  id: 'listSources',
  method: 'get',
  path: '/api/sources',
  permission: 'hosts.read',
  summary: 'Sources that are observed, and how they fare',
  query: asOf,
  response: z.array(sourceRow),
})

export const addSource = route({
  id: 'addSource',
  method: 'post',
  path: '/api/sources',
  permission: 'hosts.write',
  summary: 'Observe this machine, or another over SSH with a read-only account',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    target: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('local') }),
      z.object({
        kind: z.literal('ssh'),
        host: z.string().min(1).max(253),
        port: z.int().min(1).max(65_535),
        user: z.string().min(1).max(32),
        /** A file on the server; keys are never sent through the API. */
        identityFile: z.string().min(1).max(500),
        /** The host's public key line, pinned: `readHostKeys` offers them for comparison. */
        hostKey: z.string().min(1).max(2_000),
      }),
    ]),
    everyHours: z.int().min(1).max(168),
  }),
  response: done.extend({ id: sourceId }),
})

/**
 * What the machine itself says its keys are. Whoever adds the source compares the fingerprint with
 * the one shown on the machine's own console before pinning it.
 */
export const readHostKeys = route({
  id: 'readHostKeys',
  method: 'post',
  path: '/api/sources/host-keys',
  permission: 'hosts.write',
  summary: 'Ask a machine for its SSH host keys, to compare and pin one of them',
  body: z.object({ host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
  response: z.array(z.object({ type: z.string(), hostKey: z.string(), fingerprint: z.string() })),
})

export const removeSource = route({
  id: 'removeSource',
  method: 'post',
  path: '/api/sources/{source}/remove',
  permission: 'hosts.write',
  summary: 'Stop observing a source, with the reason; what it showed stays',
  params: z.object({ source: sourceId }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  response: done,
})

export const observe = route({
  id: 'observe',
  method: 'post',
  path: '/api/sources/{source}/observe',
  permission: 'hosts.write',
  summary: 'Observe now; the run shows its progress',
  params: z.object({ source: sourceId }),
  response: z.object({ run: runId }),
})

export const getRun = route({
  id: 'getRun',
  method: 'get',
  path: '/api/runs/{run}',
  permission: 'hosts.read',
  summary: 'How a run goes',
  params: z.object({ run: runId }),
  response: z.object({
    id: runId,
    source: sourceId,
    state: runState,
    startedAt: instant,
    /** What is being done now, in words. */
    step: shown,
    done: z.int(),
    of: z.int(),
    failure: failure.nullable(),
    /** The entry that recorded the outcome, success or failure. */
    seq: z.int().nullable(),
    host: hostId.nullable(),
  }),
})

export const listObservations = route({
  id: 'listObservations',
  method: 'get',
  path: '/api/sources/{source}/observations',
  permission: 'hosts.read',
  summary: 'The history of a source, failures included, newest first',
  params: z.object({ source: sourceId }),
  query: asOf,
  response: z.array(
    z.object({
      seq: z.int(),
      at: instant,
      outcome: z.enum(['observed', 'failed']),
      host: hostId.nullable(),
      facts: z.int(),
      /** Areas that could not be read. */
      unreadable: z.int(),
      /** Areas that had changed since the observation before; all of them at the first. */
      changed: z.array(shown),
      rawSha256: sha256.nullable(),
      failure: failure.nullable(),
      by: who,
    }),
  ),
})

/** What the machine answered, byte for byte, that time: what the facts were read from. */
export const downloadObservation = route({
  id: 'downloadObservation',
  method: 'get',
  path: '/api/sources/{source}/observations/{seq}/raw',
  permission: 'hosts.read',
  summary: 'The answer of the machine as it came, from which the facts were read',
  params: z.object({ source: sourceId, seq: z.coerce.number<string>().int().min(0) }),
  response: 'bytes',
})

const hostRow = z.object({
  id: hostId,
  hostname: z.string(),
  /** `retired` when its source was removed, or shows another machine now. */
  state: z.enum(['active', 'retired']),
  os: z.string(),
  supportEnds: z.iso.date().nullable(),
  source: sourceId,
  observedAt: instant,
  seq: z.int(),
  securityUpdates: z.int().nullable(),
  openPorts: z.int().nullable(),
  unreadable: z.int(),
  exceptions: z.int(),
})

export const listHosts = route({
  id: 'listHosts',
  method: 'get',
  path: '/api/hosts',
  permission: 'hosts.read',
  summary: 'Machines as last observed',
  query: asOf,
  response: z.array(hostRow),
})

export const getHost = route({
  id: 'getHost',
  method: 'get',
  path: '/api/hosts/{host}',
  permission: 'hosts.read',
  summary: 'One machine: everything that was seen, and what could not be read',
  params: z.object({ host: hostId }),
  query: asOf,
  response: hostRow.extend({
    kernel: z.string(),
    architecture: z.string(),
    virtualisation: z.string().nullable(),
    bootedAt: instant.nullable(),
    /** The account on the machine that looked, and whether it was root. */
    observer: z.object({ account: z.string(), root: z.boolean() }),
    retirement: z.string().nullable(),
    areas: z.array(
      z.object({
        area: z.enum([
          'system',
          'packages',
          'updates',
          'sockets',
          'ssh',
          'accounts',
          'sudo',
          'passwords',
          'time',
          'disks',
          'antivirus',
          'audit',
          'firewall',
        ]),
        title: shown,
        /** The observation in which it was last seen to change. */
        seq: z.int(),
        /** Table, already worded; the first 2,000 rows. */
        columns: z.array(shown),
        rows: z.array(z.array(z.union([z.string(), shown]))),
        total: z.int(),
        /** Why nothing of it could be read. */
        unreadable: shown.nullable(),
        /** What of it could not be read, and why. */
        gaps: z.array(shown),
      }),
    ),
    accounts: z.array(
      z.object({
        account: z.string(),
        /** Whether somebody can log in with it. */
        interactive: z.boolean(),
        owner: who.nullable(),
        reason: z.string().nullable(),
      }),
    ),
    /** Open to the network, declared, or both. */
    ports: z.array(
      z.object({
        protocol: z.string(),
        port: z.int(),
        open: z.boolean(),
        process: z.string().nullable(),
        allowed: z.boolean(),
        reason: z.string().nullable(),
      }),
    ),
    exceptionRows: z.array(
      z.object({ id: z.string(), check: z.string(), title: shown, reason: shown }),
    ),
  }),
})

/** A port that is open to the network must be declared with its reason. */
export const declarePort = route({
  id: 'declarePort',
  method: 'post',
  path: '/api/hosts/{host}/ports',
  permission: 'hosts.write',
  summary: 'Declare that a port of a machine is meant to be open, or no longer',
  params: z.object({ host: hostId }),
  body: z.object({
    protocol: z.enum(['tcp', 'udp']),
    port: z.int().min(1).max(65_535),
    allowed: z.boolean(),
    reason: z.string().trim().min(1).max(500),
  }),
  response: done,
})

/** Who answers for an interactive account of a machine. */
export const assignAccount = route({
  id: 'assignAccount',
  method: 'post',
  path: '/api/hosts/{host}/accounts',
  permission: 'hosts.write',
  summary: 'Assign an account of a machine to a person',
  params: z.object({ host: hostId }),
  body: z.object({
    account: z.string().min(1).max(64),
    person: z.string().nullable(),
    reason: z.string().trim().min(1).max(500),
  }),
  response: done,
})

export const deviceRoutes = [
  listSources,
  addSource,
  readHostKeys,
  removeSource,
  observe,
  getRun,
  listObservations,
  downloadObservation,
  listHosts,
  getHost,
  declarePort,
  assignAccount,
] as const
