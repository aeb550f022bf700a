import { z } from 'zod'
import { directorySourceId } from './directory.ts'
import { route } from './route.ts'
import { asOf, day, done, evidenceId, instant, personId, shown, who } from './shared.ts'

export const serviceId = z.string().regex(/^svc_[0-9a-z]{26}$/)
const word = z.string().trim().min(1).max(200)
const kind = z.enum(['saas', 'cloud', 'internal'])
const dataClass = z.enum(['public', 'internal', 'confidential', 'personal', 'customer'])
const signOnState = z.enum(['enforced', 'optional', 'off', 'unsupported'])
const reportKind = z.enum(['soc2-type2', 'soc2-type1', 'iso27001', 'other'])

/** What is said of a service: claims, each with the evidence that proves it. */
const details = z.object({
  name: word,
  kind,
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  vendor: word.nullable(),
  owner: personId,
  dataClass,
  audience: word,
  signOn: z.object({
    state: signOnState,
    checkedOn: day.nullable(),
    evidence: evidenceId.nullable(),
  }),
  ownPolicy: z
    .object({
      minLength: z.int().min(0).max(256),
      lockAfter: z.int().min(0).max(1_000),
      mfa: z.boolean(),
      evidence: evidenceId.nullable(),
    })
    .nullable(),
  breakGlass: z.array(word).max(20),
  sources: z.array(directorySourceId).max(20),
  report: z.object({ kind: reportKind, expires: day, evidence: evidenceId.nullable() }).nullable(),
})

const row = z.object({
  id: serviceId,
  name: z.string(),
  kind,
  vendor: z.string().nullable(),
  owner: who,
  dataClass,
  signOn: signOnState,
  /** Whether the directory's password policy answers for it: enforced, and proved. */
  covered: z.boolean(),
  reportExpires: day.nullable(),
  state: z.enum(['in-use', 'retired']),
  accounts: z.int(),
  people: z.int(),
  exceptions: z.int(),
  seq: z.int(),
})

export const listServices = route({
  id: 'listServices',
  method: 'get',
  path: '/api/services',
  permission: 'services.read',
  summary: 'Every service that the organisation uses',
  query: asOf,
  response: z.array(row),
})

export const getService = route({
  id: 'getService',
  method: 'get',
  path: '/api/services/{service}',
  permission: 'services.read',
  summary: 'One service: what is claimed, what proves it, who reaches it',
  params: z.object({ service: serviceId }),
  query: asOf,
  response: row.extend({
    details,
    retirement: z.string().nullable(),
    changedAt: instant,
    changedBy: who,
    sources: z.array(z.object({ id: directorySourceId, name: z.string() })),
    evidence: z.array(z.object({ id: evidenceId, title: z.string() })),
    findings: z.array(z.object({ id: z.string(), check: z.string(), title: shown, reason: shown })),
    /** Groups and roles with how many accounts and people each lets in. */
    reach: z.array(
      z.object({
        group: z.string(),
        privileged: z.boolean(),
        accounts: z.int(),
        people: z.int(),
      }),
    ),
  }),
})

export const registerService = route({
  id: 'registerService',
  method: 'post',
  path: '/api/services',
  permission: 'services.write',
  summary: 'Put a service on the register',
  body: details,
  response: done.extend({ id: serviceId }),
})

export const changeService = route({
  id: 'changeService',
  method: 'put',
  path: '/api/services/{service}',
  permission: 'services.write',
  summary: 'Say anew what holds for a service; what was said before stays in the ledger',
  params: z.object({ service: serviceId }),
  body: details,
  response: done,
})

export const retireService = route({
  id: 'retireService',
  method: 'post',
  path: '/api/services/{service}/retire',
  permission: 'services.write',
  summary: 'Record that a service is used no longer',
  params: z.object({ service: serviceId }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  response: done,
})

export const servicesRoutes = [
  listServices,
  getService,
  registerService,
  changeService,
  retireService,
] as const
