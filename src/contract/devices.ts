import { z } from 'zod'
import { route } from './route.ts'
import { asOf, done, hostId, instant, runId, sha256, shown, sourceId, who } from './shared.ts'

const runState = z.enum(['running', 'succeeded', 'failed'])

const sourceRow = z.object({
  id: sourceId,
  connector: z.enum(['this-host']),
  name: z.string(),
  target: z.string(),
  everyHours: z.int(),
  state: z.enum(['active', 'removed']),
  lastSuccessAt: instant.nullable(),
  lastFailure: z.object({ at: instant, code: z.string(), message: z.string() }).nullable(),
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
        /** The host's public key line, pinned. */
        hostKey: z.string().min(1).max(2_000),
      }),
    ]),
    everyHours: z.int().min(1).max(168),
  }),
  response: done.extend({ id: sourceId }),
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
    step: z.string(),
    done: z.int(),
    of: z.int(),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    seq: z.int().nullable(),
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
      facts: z.int(),
      unreadable: z.int(),
      rawSha256: sha256.nullable(),
      code: z.string().nullable(),
      message: z.string().nullable(),
      by: who,
    }),
  ),
})

const hostRow = z.object({
  id: hostId,
  hostname: z.string(),
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
    bootedAt: instant.nullable(),
    areas: z.array(
      z.object({
        area: z.enum([
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
        /** Table of strings, already worded; the first 2,000 rows. */
        columns: z.array(shown),
        rows: z.array(z.array(z.string())),
        total: z.int(),
        unreadable: z.string().nullable(),
      }),
    ),
    ports: z.array(
      z.object({
        protocol: z.string(),
        port: z.int(),
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
  removeSource,
  observe,
  getRun,
  listObservations,
  listHosts,
  getHost,
  declarePort,
  assignAccount,
] as const
