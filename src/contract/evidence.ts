import { z } from 'zod'
import { route } from './route.ts'
import {
  asOf,
  category,
  controlId,
  day,
  done,
  evidenceId,
  instant,
  language,
  markdown,
  sha256,
  shown,
  who,
} from './shared.ts'

const evidenceRow = z.object({
  id: evidenceId,
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  size: z.int(),
  sha256,
  controls: z.array(controlId),
  /** The day or period that it shows, apart from when it was uploaded. */
  from: day,
  to: day,
  uploadedAt: instant,
  by: who,
  state: z.enum(['awaiting-inspection', 'accepted', 'rejected']),
})

export const listEvidence = route({
  id: 'listEvidence',
  method: 'get',
  path: '/api/evidence',
  permission: 'evidence.read',
  summary: 'Documents kept as evidence',
  query: asOf.extend({ control: controlId.optional() }),
  response: z.array(evidenceRow),
})

export const getEvidence = route({
  id: 'getEvidence',
  method: 'get',
  path: '/api/evidence/{evidence}',
  permission: 'evidence.read',
  summary: 'One piece of evidence and its inspections',
  params: z.object({ evidence: evidenceId }),
  query: asOf,
  response: evidenceRow.extend({
    seq: z.int(),
    inspections: z.array(
      z.object({
        by: who,
        at: instant,
        conclusion: z.enum(['accepted', 'rejected']),
        note: z.string(),
        seq: z.int(),
      }),
    ),
  }),
})

export const uploadEvidence = route({
  id: 'uploadEvidence',
  method: 'post',
  path: '/api/evidence',
  permission: 'evidence.write',
  summary: 'Upload a document with the period it shows',
  query: z.object({
    title: z.string().trim().min(1).max(200),
    fileName: z.string().trim().min(1).max(200),
    controls: z.string().max(1_000).describe('control ids, comma separated'),
    from: day,
    to: day,
  }),
  body: { bytes: 52_428_800 },
  response: done.extend({ id: evidenceId }),
})

/** Always as an attachment, never shown inline, never with the type the uploader claimed. */
export const downloadEvidence = route({
  id: 'downloadEvidence',
  method: 'get',
  path: '/api/evidence/{evidence}/file',
  permission: 'evidence.read',
  summary: 'The document itself',
  params: z.object({ evidence: evidenceId }),
  response: 'bytes',
})

export const getDescription = route({
  id: 'getDescription',
  method: 'get',
  path: '/api/description',
  permission: 'report.read',
  summary: 'Section III block by block, with what is still to be filled in',
  query: asOf,
  response: z.object({
    blocks: z.array(
      z.object({
        id: z.string(),
        title: shown,
        text: z.object({ ja: markdown, en: markdown }),
        edited: z.boolean(),
        version: z.int(),
        toFill: z.object({ ja: z.int(), en: z.int() }),
      }),
    ),
    figures: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
})

export const writeDescription = route({
  id: 'writeDescription',
  method: 'put',
  path: '/api/description/{block}',
  permission: 'report.write',
  summary: 'A new version of one block',
  params: z.object({ block: z.string().regex(/^[a-z0-9-]{2,60}$/) }),
  body: z.object({
    text: z.object({ ja: markdown.min(1), en: markdown.min(1) }),
    version: z.int().min(0),
  }),
  response: done,
})

export const getAssertion = route({
  id: 'getAssertion',
  method: 'get',
  path: '/api/assertion',
  permission: 'report.read',
  summary: "Management's assertion for a day, and whether it is signed",
  query: asOf.extend({ language: language.optional() }),
  response: z.object({
    text: markdown,
    digest: sha256,
    signed: z.object({ by: who, at: instant, seq: z.int() }).nullable(),
  }),
})

export const makeReport = route({
  id: 'makeReport',
  method: 'get',
  path: '/api/reports/type1',
  permission: 'report.read',
  summary: 'The Type 1 report as of a day; the same prefix gives the same bytes',
  query: z.object({
    asOf: day,
    language,
    format: z.enum(['pdf', 'markdown', 'json']),
    /** Prints the report of an earlier moment of the day again: the entries that it was made from. */
    size: z.coerce.number().int().min(1).optional(),
  }),
  response: 'bytes',
})

export const getOrganisation = route({
  id: 'getOrganisation',
  method: 'get',
  path: '/api/organisation',
  permission: 'signed-in',
  summary: 'The organisation and its scope',
  query: asOf,
  response: z.object({
    name: shown,
    timeZone: z.string(),
    categories: z.array(category),
    setUpAt: instant,
  }),
})

export const changeScope = route({
  id: 'changeScope',
  method: 'put',
  path: '/api/organisation/categories',
  permission: 'organisation.write',
  summary: 'Change the trust service categories in scope; security always is',
  body: z.object({
    categories: z.array(category).min(1),
    reason: z.string().trim().min(1).max(500),
  }),
  response: done,
})

export const getGuide = route({
  id: 'getGuide',
  method: 'get',
  path: '/api/guide',
  permission: 'organisation.read',
  summary: 'The way to the first report, with what is done',
  query: asOf,
  response: z.array(
    z.object({
      id: z.string(),
      title: shown,
      why: shown,
      how: shown,
      done: z.boolean(),
      progress: z.object({ done: z.int(), of: z.int() }).nullable(),
    }),
  ),
})

export const getTasks = route({
  id: 'getTasks',
  method: 'get',
  path: '/api/tasks',
  permission: 'signed-in',
  summary: 'What is waiting for me',
  response: z.array(
    z.object({
      kind: z.enum([
        'acknowledge-policy',
        'complete-course',
        'approve-policy',
        'inspect-evidence',
        'answer-exception',
        'provide-evidence',
        'carry-out-response',
        'confirm-contract-key',
      ]),
      /** Id of the object, for its page. */
      id: z.string(),
      title: shown,
      due: day.nullable(),
      overdue: z.boolean(),
    }),
  ),
})

export const search = route({
  id: 'search',
  method: 'get',
  path: '/api/search',
  permission: 'signed-in',
  summary: 'Search everywhere I may read',
  query: asOf.extend({ q: z.string().trim().min(1).max(100) }),
  response: z.array(
    z.object({
      kind: z.enum([
        'criterion',
        'control',
        'check',
        'exception',
        'person',
        'host',
        'policy',
        'course',
        'evidence',
        'customer',
        'agreement',
        'entry',
      ]),
      id: z.string(),
      title: shown,
      detail: z.string(),
    }),
  ),
})

export const evidenceRoutes = [
  listEvidence,
  getEvidence,
  uploadEvidence,
  downloadEvidence,
  getDescription,
  writeDescription,
  getAssertion,
  makeReport,
  getOrganisation,
  changeScope,
  getGuide,
  getTasks,
  search,
] as const
