import { z } from 'zod'
import { route } from './route.ts'
import { asOf, day, done, instant, personId, runId, shown, who } from './shared.ts'

export const directorySourceId = z.string().regex(/^dir_[0-9a-z]{26}$/)
export const directoryAccountId = z.string().regex(/^[0-9a-f]{32}$/)
const failure = z.object({ code: z.string(), explanation: shown, message: z.string() })
const source = z.object({ id: directorySourceId, name: z.string() })
const reason = z.string().trim().min(1).max(500)

const sourceRow = source.extend({
  connector: z.enum(['active-directory', 'list']),
  /** Where it is read; empty when lists are handed in. */
  place: z.string(),
  everyHours: z.int().nullable(),
  state: z.enum(['active', 'removed']),
  addedAt: instant,
  addedBy: who,
  accounts: z.int(),
  lastSuccessAt: instant.nullable(),
  lastFullAt: instant.nullable(),
  lastFailure: failure.extend({ at: instant }).nullable(),
  failuresInARow: z.int(),
  running: runId.nullable(),
  seq: z.int(),
})

export const listDirectorySources = route({
  id: 'listDirectorySources',
  method: 'get',
  path: '/api/directory/sources',
  permission: 'directory.read',
  summary: 'Where accounts are read, and how each source fares',
  query: asOf,
  response: z.array(sourceRow),
})

export const addDirectorySource = route({
  id: 'addDirectorySource',
  method: 'post',
  path: '/api/directory/sources',
  permission: 'directory.write',
  summary: 'Read an Active Directory domain, or lists that a service exports',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    target: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('active-directory'),
        host: z.string().trim().min(1).max(253),
        port: z.int().min(1).max(65_535),
        encryption: z.enum(['ldaps', 'start-tls']),
        baseDn: z.string().trim().min(3).max(500),
        /** An account that may read and nothing else. */
        bindName: z.string().trim().min(1).max(500),
        /** Kept encrypted beside the ledger; shown to nobody again. */
        password: z.string().min(1).max(500),
        authority: z.string().max(20_000).nullable(),
        serverName: z.string().trim().min(1).max(253).nullable(),
      }),
      z.object({ kind: z.literal('list') }),
    ]),
    everyHours: z.int().min(1).max(168),
  }),
  response: done.extend({ id: directorySourceId }),
})

export const removeDirectorySource = route({
  id: 'removeDirectorySource',
  method: 'post',
  path: '/api/directory/sources/{source}/remove',
  permission: 'directory.write',
  summary: 'Stop reading a source of accounts, with the reason; what it showed stays',
  params: z.object({ source: directorySourceId }),
  body: z.object({ reason }),
  response: done,
})

export const replaceDirectorySecret = route({
  id: 'replaceDirectorySecret',
  method: 'post',
  path: '/api/directory/sources/{source}/secret',
  permission: 'directory.write',
  summary: 'Put another password for the connection into the safe',
  params: z.object({ source: directorySourceId }),
  body: z.object({ password: z.string().min(1).max(500) }),
  response: done,
})

export const observeDirectory = route({
  id: 'observeDirectory',
  method: 'post',
  path: '/api/directory/sources/{source}/observe',
  permission: 'directory.write',
  summary: 'Read a directory now: everything, or what has changed',
  params: z.object({ source: directorySourceId }),
  body: z.object({
    full: z.boolean(),
    /** That many accounts are gone is known and right. */
    lossAccepted: z.boolean(),
  }),
  response: z.object({ run: runId }),
})

export const getDirectoryRun = route({
  id: 'getDirectoryRun',
  method: 'get',
  path: '/api/directory/runs/{run}',
  permission: 'directory.read',
  summary: 'How a reading goes',
  params: z.object({ run: runId }),
  response: z.object({
    id: runId,
    state: z.enum(['running', 'succeeded', 'failed']),
    step: shown,
    done: z.int(),
    of: z.int(),
    failure: failure.nullable(),
    seq: z.int().nullable(),
  }),
})

/** 20 MiB hold more accounts than any service has. */
const listBytesMax = 20 * 1024 * 1024

export const importAccounts = route({
  id: 'importAccounts',
  method: 'post',
  path: '/api/directory/sources/{source}/list',
  permission: 'directory.write',
  summary: 'Hand in a list of accounts that a service exported (CSV or JSON): all of them at once',
  params: z.object({ source: directorySourceId }),
  query: z.object({ lossAccepted: z.enum(['yes', 'no']).optional() }),
  body: { bytes: listBytesMax },
  response: done.extend({
    accounts: z.int(),
    read: z.array(z.string()),
    /** Columns that nobody understood: named, so that nothing is left out in silence. */
    ignored: z.array(z.string()),
    failure: failure.nullable(),
  }),
})

export const listDirectoryObservations = route({
  id: 'listDirectoryObservations',
  method: 'get',
  path: '/api/directory/sources/{source}/observations',
  permission: 'directory.read',
  summary: 'The history of a source of accounts, failures included, newest first',
  params: z.object({ source: directorySourceId }),
  query: asOf,
  response: z.array(
    z.object({
      seq: z.int(),
      at: instant,
      outcome: z.enum(['observed', 'failed']),
      reading: z.enum(['full', 'changes']).nullable(),
      accounts: z.int(),
      added: z.int(),
      changed: z.int(),
      gone: z.int(),
      failure: failure.nullable(),
      by: who,
    }),
  ),
})

const accountRow = z.object({
  id: directoryAccountId,
  source,
  login: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  kind: z.enum(['user', 'computer', 'service']),
  state: z.enum(['enabled', 'disabled', 'unknown', 'gone']),
  privileged: z.boolean(),
  mfa: z.boolean().nullable(),
  createdAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  neverUsed: z.boolean().nullable(),
  flags: z.array(z.string()),
  use: z.enum(['person', 'shared', 'service']).nullable(),
  owner: who.nullable(),
  rule: z.enum(['employee-number', 'email', 'login', 'by-hand']).nullable(),
  /** How many exceptions of checks are about it. */
  exceptions: z.int(),
  seq: z.int(),
})

export const listDirectoryAccounts = route({
  id: 'listDirectoryAccounts',
  method: 'get',
  path: '/api/directory/accounts',
  permission: 'directory.read',
  summary: 'Accounts of people and services, in every directory and service',
  query: asOf.extend({
    source: directorySourceId.optional(),
    person: personId.optional(),
    /** Only those of which nobody knows whose they are. */
    queue: z.enum(['yes']).optional(),
  }),
  response: z.object({
    /** The first 5,000. */
    rows: z.array(accountRow),
    total: z.int(),
  }),
})

export const getDirectoryAccount = route({
  id: 'getDirectoryAccount',
  method: 'get',
  path: '/api/directory/accounts/{account}',
  permission: 'directory.read',
  summary: 'One account: whose it is, what it may reach, since when',
  params: z.object({ account: directoryAccountId }),
  query: asOf,
  response: accountRow.extend({
    sid: z.string().nullable(),
    employeeNumber: z.string().nullable(),
    dn: z.string().nullable(),
    policy: z.string().nullable(),
    firstSeenAt: instant,
    disabledSince: instant.nullable(),
    goneAt: instant.nullable(),
    passwordSetAt: instant.nullable(),
    expiresAt: instant.nullable(),
    link: z
      .object({ reason: z.string().nullable(), by: who, at: instant, seq: z.int() })
      .nullable(),
    /** Who it may be: the same name or address. */
    suggestions: z.array(who),
    /** An account of the same name that is gone. */
    formerly: z.object({ id: directoryAccountId, goneAt: instant }).nullable(),
    groups: z.array(
      z.object({
        name: z.string(),
        privileged: z.boolean(),
        /** Directly, or through another group. */
        direct: z.boolean(),
        since: instant.nullable(),
      }),
    ),
    findings: z.array(z.object({ id: z.string(), check: z.string(), title: shown, reason: shown })),
  }),
})

export const assignDirectoryAccount = route({
  id: 'assignDirectoryAccount',
  method: 'post',
  path: '/api/directory/accounts/{account}/assign',
  permission: 'directory.write',
  summary: 'Say whose account it is, or who answers for a shared or service account',
  params: z.object({ account: directoryAccountId }),
  body: z.object({
    use: z.enum(['person', 'shared', 'service']),
    person: personId.nullable(),
    reason,
  }),
  response: done,
})

export const reviewRights = route({
  id: 'reviewRights',
  method: 'post',
  path: '/api/directory/rights/{person}/review',
  permission: 'directory.write',
  summary: 'Record that the rights of somebody who moved were looked at',
  params: z.object({ person: personId }),
  body: z.object({ reason }),
  response: done,
})

export const listPasswordPolicies = route({
  id: 'listPasswordPolicies',
  method: 'get',
  path: '/api/directory/password-policies',
  permission: 'directory.read',
  summary: 'The password policies of the directories, held against the rule',
  query: asOf,
  response: z.array(
    z.object({
      source,
      id: z.string(),
      name: z.string(),
      precedence: z.int().nullable(),
      readable: z.boolean(),
      /** Accounts for which it holds. */
      accounts: z.int(),
      seq: z.int(),
      rules: z.array(
        z.object({
          rule: z.string(),
          title: shown,
          required: shown,
          found: z.string().nullable(),
          state: z.enum(['met', 'not-met', 'not-proven']),
          ids: z.array(z.string()),
        }),
      ),
    }),
  ),
})

export const listLeavers = route({
  id: 'listLeavers',
  method: 'get',
  path: '/api/directory/leavers',
  permission: 'directory.read',
  summary: 'Everybody who left within a year: when their last account was seen to be disabled',
  query: asOf,
  response: z.array(
    z.object({
      person: who,
      endDate: day,
      accounts: z.int(),
      open: z.int(),
      /** When the last of them was seen to be closed; null while one is open. */
      closedAt: instant.nullable(),
      /** Days from the end date to that, or to now. */
      days: z.int(),
    }),
  ),
})

export const directoryRoutes = [
  listDirectorySources,
  addDirectorySource,
  removeDirectorySource,
  replaceDirectorySecret,
  observeDirectory,
  getDirectoryRun,
  importAccounts,
  listDirectoryObservations,
  listDirectoryAccounts,
  getDirectoryAccount,
  assignDirectoryAccount,
  reviewRights,
  listPasswordPolicies,
  listLeavers,
] as const
