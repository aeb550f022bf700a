import { z } from 'zod'
import { route } from './route.ts'
import {
  asOf,
  courseId,
  day,
  done,
  instant,
  language,
  markdown,
  note,
  ownerRole,
  personId,
  policyId,
  sha256,
  shown,
  text,
  who,
} from './shared.ts'

/** `off-roster`: known from an account only (an auditor, or before the first import). */
const personState = z.enum(['future', 'active', 'left', 'erased', 'off-roster'])

/** Whom courses and policies are meant for; a person's `groups` say which beside everyone. */
const audience = z.enum(['everyone', 'operations', 'development'])

const personRow = z.object({
  id: personId,
  employeeNumber: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  department: z.string().nullable(),
  title: z.string().nullable(),
  manager: who.nullable(),
  /** Null for people who are not on the roster. */
  startDate: day.nullable(),
  endDate: day.nullable(),
  state: personState,
  groups: z.array(z.enum(['operations', 'development'])),
  /** False when the newest roster no longer names this person and nobody said that they left. */
  listed: z.boolean(),
  training: z.object({ done: z.int(), required: z.int() }),
  policies: z.object({ acknowledged: z.int(), required: z.int() }),
})

export const listPeople = route({
  id: 'listPeople',
  method: 'get',
  path: '/api/people',
  permission: 'people.read',
  summary: 'Everybody on the roster',
  query: asOf.extend({ state: personState.optional() }),
  response: z.object({ people: z.array(personRow), importedAt: instant.nullable() }),
})

export const getPerson = route({
  id: 'getPerson',
  method: 'get',
  path: '/api/people/{person}',
  permission: 'people.read',
  summary: 'One person: roster, training, policies, account, story',
  params: z.object({ person: personId }),
  query: asOf,
  response: personRow.extend({
    account: z.object({ role: z.string(), state: z.string() }).nullable(),
    erasure: z.object({ by: who, at: instant, reason: z.string(), seq: z.int() }).nullable(),
    reports: z.array(who),
    courses: z.array(
      z.object({
        id: courseId,
        title: shown,
        state: z.enum(['current', 'expired', 'missing', 'not-required']),
        completedOn: day.nullable(),
        score: z.int().nullable(),
      }),
    ),
    acknowledgements: z.array(
      z.object({
        policy: policyId,
        title: shown,
        version: z.int(),
        acknowledgedAt: instant.nullable(),
      }),
    ),
    controls: z.array(z.object({ id: z.string(), title: shown })),
    story: z.array(z.object({ seq: z.int(), type: z.string(), at: instant, by: who })),
  }),
})

const change = z.object({
  /** Row of the file, its header being row 1; null for people whom the file does not name. */
  row: z.int().nullable(),
  person: personId.nullable(),
  kind: z.enum(['joiner', 'mover', 'leaver', 'returner', 'correction', 'unlisted']),
  employeeNumber: z.string(),
  name: z.string(),
  fields: z.array(
    z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
  ),
})

/** Nothing is written: the answer says what confirming would do, and names it by a digest. */
export const previewPeople = route({
  id: 'previewPeople',
  method: 'post',
  path: '/api/people/import/preview',
  permission: 'people.write',
  summary: 'Read a roster (CSV or JSON) and show joiners, movers and leavers',
  body: { bytes: 33_554_432 },
  response: z.object({
    digest: sha256,
    rows: z.int(),
    encoding: z.enum(['utf-8', 'utf-16', 'shift_jis', 'euc-jp']),
    /** Headers as they stand in the file: what was read, and what was left aside. */
    columns: z.object({ read: z.array(z.string()), ignored: z.array(z.string()) }),
    unchanged: z.int(),
    /** The first 1,000 changes; `counts` counts all. */
    changes: z.array(change),
    counts: z.object({
      joiner: z.int(),
      mover: z.int(),
      leaver: z.int(),
      returner: z.int(),
      correction: z.int(),
      unlisted: z.int(),
    }),
  }),
})

/** Sends the same file again with the digest of its preview; refused when either has changed. */
export const confirmPeople = route({
  id: 'confirmPeople',
  method: 'post',
  path: '/api/people/import/{digest}',
  permission: 'people.write',
  summary: 'Record what the preview showed, all or nothing',
  params: z.object({ digest: sha256 }),
  body: { bytes: 33_554_432 },
  response: done.extend({ recorded: z.int() }),
})

/** The same columns come back in: a roster can be exported, edited and imported again. */
export const exportPeople = route({
  id: 'exportPeople',
  method: 'get',
  path: '/api/people/export',
  permission: 'people.read',
  summary: 'The roster as CSV (UTF-8 with BOM, cells safe for spreadsheets)',
  query: asOf.extend({ language: language.default('ja') }),
  response: 'bytes',
})

export const erasePerson = route({
  id: 'erasePerson',
  method: 'post',
  path: '/api/people/{person}/erase',
  permission: 'people.erase',
  summary: "Erase a person's data by destroying their key; itself an entry",
  params: z.object({ person: personId }),
  body: z.object({ reason: note }),
  response: done,
})

const courseRow = z.object({
  id: courseId,
  title: shown,
  audience,
  /** `available`: a starter course that nobody is asked to take. */
  state: z.enum(['offered', 'withdrawn', 'available']),
  validMonths: z.int(),
  passingScore: z.int(),
  required: z.int(),
  completed: z.int(),
  mine: z
    .object({
      completedOn: day.nullable(),
      score: z.int().nullable(),
      required: z.boolean(),
      current: z.boolean(),
    })
    .nullable(),
})

export const listCourses = route({
  id: 'listCourses',
  method: 'get',
  path: '/api/courses',
  permission: 'signed-in',
  summary: 'Courses, who must, who did',
  query: asOf,
  response: z.object({
    courses: z.array(courseRow),
    starters: z.array(z.object({ id: courseId, title: shown })),
  }),
})

export const offerCourse = route({
  id: 'offerCourse',
  method: 'post',
  path: '/api/courses',
  permission: 'training.write',
  summary: 'Offer a starter course to an audience',
  body: z.object({
    course: courseId,
    audience,
    validMonths: z.int().min(1).max(36),
  }),
  response: done,
})

export const getCourse = route({
  id: 'getCourse',
  method: 'get',
  path: '/api/courses/{course}',
  permission: 'signed-in',
  summary: 'A course: its text and its quiz (without the answers)',
  params: z.object({ course: courseId }),
  response: courseRow.extend({
    text: z.object({ ja: markdown, en: markdown }),
    questions: z.array(z.object({ id: z.string(), text: shown, choices: z.array(shown) })),
    /** My own attempts, newest first. */
    attempts: z.array(z.object({ at: instant, score: z.int(), passed: z.boolean(), seq: z.int() })),
  }),
})

export const completeCourse = route({
  id: 'completeCourse',
  method: 'post',
  path: '/api/courses/{course}/complete',
  permission: 'signed-in',
  summary: 'Hand in my quiz; the result is recorded, passed or not',
  params: z.object({ course: courseId }),
  body: z.object({ answers: z.record(z.string().max(60), z.int().min(0).max(20)) }),
  response: done.extend({
    /** Per cent of right answers. */
    score: z.int(),
    passed: z.boolean(),
    wrong: z.array(z.string()),
    /** For every question, what is right and why. */
    explanations: z.array(z.object({ question: z.string(), right: z.boolean(), why: shown })),
  }),
})

export const withdrawCourse = route({
  id: 'withdrawCourse',
  method: 'post',
  path: '/api/courses/{course}/withdraw',
  permission: 'training.write',
  summary: 'Require a course of nobody any more, with the reason; what was done stays',
  params: z.object({ course: courseId }),
  body: z.object({ reason: note }),
  response: done,
})

export const importCompletions = route({
  id: 'importCompletions',
  method: 'post',
  path: '/api/courses/import',
  permission: 'training.write',
  summary: 'Record completions from another training system (CSV or JSON), all or nothing',
  body: { bytes: 33_554_432 },
  response: done.extend({ recorded: z.int(), unchanged: z.int() }),
})

const policyRow = z.object({
  id: policyId,
  title: shown,
  ownerRole,
  audience,
  state: z.enum(['draft', 'approved', 'approved-with-draft', 'withdrawn']),
  /** The version in force, if any. */
  version: z.int().nullable(),
  approvedAt: instant.nullable(),
  reviewDue: day.nullable(),
  acknowledged: z.int(),
  required: z.int(),
  mine: z.object({ required: z.boolean(), acknowledged: z.boolean() }),
})

export const listPolicies = route({
  id: 'listPolicies',
  method: 'get',
  path: '/api/policies',
  permission: 'signed-in',
  summary: 'Policies with version, approval and acknowledgement',
  query: asOf,
  response: z.object({
    policies: z.array(policyRow),
    starters: z.array(z.object({ id: policyId, title: shown, summary: shown })),
  }),
})

export const getPolicy = route({
  id: 'getPolicy',
  method: 'get',
  path: '/api/policies/{policy}',
  permission: 'signed-in',
  summary: 'One policy: versions with their texts, approvals, reviews, readers',
  params: z.object({ policy: policyId }),
  query: asOf,
  response: policyRow.extend({
    reviewMonths: z.int(),
    versions: z.array(
      z.object({
        version: z.int(),
        text: z.object({ ja: markdown, en: markdown }),
        digest: sha256,
        author: who,
        draftedAt: instant,
        approval: z.object({ by: who, at: instant, seq: z.int() }).nullable(),
        change: z.string(),
        seq: z.int(),
      }),
    ),
    /** Signed reviews that left the version in force as it is. */
    reviews: z.array(z.object({ version: z.int(), by: who, at: instant, seq: z.int() })),
    withdrawal: z.object({ by: who, at: instant, reason: z.string(), seq: z.int() }).nullable(),
    /** Who must read it; only oneself for people who may not read the roster. */
    readers: z.array(
      z.object({ person: who, acknowledgedAt: instant.nullable(), seq: z.int().nullable() }),
    ),
  }),
})

export const adoptPolicies = route({
  id: 'adoptPolicies',
  method: 'post',
  path: '/api/policies/adopt',
  permission: 'policies.write',
  summary: 'Take starter policies as drafts',
  body: z.object({ policies: z.array(policyId).min(1).max(50) }),
  response: done,
})

export const draftPolicy = route({
  id: 'draftPolicy',
  method: 'put',
  path: '/api/policies/{policy}',
  permission: 'policies.write',
  summary: 'A new version of a policy, as a draft; voids nothing until it is approved',
  params: z.object({ policy: policyId }),
  body: z.object({
    title: text,
    text: z.object({ ja: markdown.min(1), en: markdown.min(1) }),
    reviewMonths: z.int().min(1).max(36),
    ownerRole,
    audience,
    change: z.string().trim().min(1).max(500),
    /** The newest version the author has seen: 0 for a new policy. */
    after: z.int().min(0),
  }),
  response: done.extend({ version: z.int() }),
})

export const withdrawPolicy = route({
  id: 'withdrawPolicy',
  method: 'post',
  path: '/api/policies/{policy}/withdraw',
  permission: 'policies.write',
  summary: 'Take a policy out of force, with the reason; its versions stay',
  params: z.object({ policy: policyId }),
  body: z.object({ reason: note }),
  response: done,
})

export const peopleRoutes = [
  listPeople,
  getPerson,
  previewPeople,
  confirmPeople,
  exportPeople,
  erasePerson,
  listCourses,
  offerCourse,
  getCourse,
  completeCourse,
  withdrawCourse,
  importCompletions,
  listPolicies,
  getPolicy,
  adoptPolicies,
  draftPolicy,
  withdrawPolicy,
] as const
