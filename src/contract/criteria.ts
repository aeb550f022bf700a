import { z } from 'zod'
import {
  checkRow,
  controlRow,
  criterionRow,
  exceptionRow,
  tally,
  unproven,
} from './criteria-rows.ts'
import { route } from './route.ts'
import {
  asOf,
  cadence,
  checkId,
  checkStatus,
  controlId,
  criterionId,
  day,
  done,
  exceptionId,
  instant,
  note,
  ownerRole,
  personId,
  shown,
  text,
  who,
} from './shared.ts'

export const getBoard = route({
  id: 'getBoard',
  method: 'get',
  path: '/api/criteria',
  permission: 'criteria.read',
  summary: 'Every criterion in scope with its status, as of now or a past day',
  query: asOf,
  response: z.object({
    series: z.array(z.object({ id: z.string(), title: shown })),
    criteria: z.array(criterionRow),
    totals: tally,
    controls: tally,
    exceptions: z.object({ open: z.int(), answered: z.int(), accepted: z.int(), fixed: z.int() }),
    size: z.int(),
  }),
})

export const getCriterion = route({
  id: 'getCriterion',
  method: 'get',
  path: '/api/criteria/{criterion}',
  permission: 'criteria.read',
  summary: 'One criterion: guidance, the controls that answer it, decisions about it',
  params: z.object({ criterion: criterionId }),
  query: asOf,
  response: criterionRow.extend({
    guidance: shown,
    unproven,
    /** Whether its category is in the organisation's scope; others count nowhere. */
    inScope: z.boolean(),
    controlRows: z.array(controlRow),
    /** Library controls mapped to it that are not adopted. */
    suggestions: z.array(z.object({ id: controlId, title: shown })),
    exclusion: z.object({ reason: z.string(), by: who, at: instant, seq: z.int() }).nullable(),
  }),
})

export const includeCriterion = route({
  id: 'includeCriterion',
  method: 'post',
  path: '/api/criteria/{criterion}/include',
  permission: 'criteria.decide',
  summary: 'Take back the decision that a criterion is not applicable',
  params: z.object({ criterion: criterionId }),
  body: z.object({ reason: note }),
  response: done,
})

export const getTrend = route({
  id: 'getTrend',
  method: 'get',
  path: '/api/trend',
  permission: 'criteria.read',
  summary: 'Met, not met and not proven over time, from the recorded evaluations',
  query: asOf,
  response: z.array(tally.extend({ day, seq: z.int() })),
})

export const listControls = route({
  id: 'listControls',
  method: 'get',
  path: '/api/controls',
  permission: 'criteria.read',
  summary: 'The controls of this organisation with their status',
  query: asOf,
  response: z.array(controlRow),
})

export const getControl = route({
  id: 'getControl',
  method: 'get',
  path: '/api/controls/{control}',
  permission: 'criteria.read',
  summary: 'One control: tests, evidence by occurrence, mappings, versions',
  params: z.object({ control: controlId }),
  query: asOf,
  response: controlRow.extend({
    proof: shown,
    unproven,
    checkRows: z.array(checkRow),
    occurrences: z.array(
      z.object({
        /** The period in which the control was expected to happen once. */
        from: day,
        to: day,
        state: z.enum(['done', 'awaiting-inspection', 'missed', 'due']),
        evidence: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            conclusion: z.enum(['accepted', 'rejected', 'none']),
          }),
        ),
      }),
    ),
    mappings: z.array(
      z.object({
        framework: z.enum(['soc2', 'iso27001', 'pcidss']),
        id: z.string(),
        title: shown,
        relation: z.string(),
        rationale: shown,
      }),
    ),
    versions: z.array(
      z.object({
        version: z.int(),
        kind: z.enum(['adopted', 'added', 'edited', 'retired']),
        /** Why it was edited or retired, in the words of whoever did; empty otherwise. */
        change: z.string(),
        by: who,
        at: instant,
        seq: z.int(),
      }),
    ),
  }),
})

export const listLibrary = route({
  id: 'listLibrary',
  method: 'get',
  path: '/api/library',
  permission: 'criteria.read',
  summary: 'The library of controls, and which are adopted',
  response: z.array(
    z.object({
      id: controlId,
      title: shown,
      statement: shown,
      ownerRole,
      cadence,
      evidence: z.boolean(),
      checks: z.array(checkId),
      criteria: z.array(criterionId),
      proof: shown,
      adopted: z.boolean(),
      /** Whether it answers a criterion in scope. */
      inScope: z.boolean(),
    }),
  ),
})

export const adoptControls = route({
  id: 'adoptControls',
  method: 'post',
  path: '/api/library/adopt',
  permission: 'controls.write',
  summary: 'Adopt controls of the library',
  body: z.object({ controls: z.array(controlId).min(1).max(200) }),
  response: done,
})

const paragraph = z.object({
  ja: z.string().trim().min(1).max(2_000),
  en: z.string().trim().min(1).max(2_000),
})

const controlText = z.object({
  title: text,
  statement: paragraph,
  /** What would prove it; when absent, as before, or a general sentence for a new control. */
  proof: paragraph.optional(),
  ownerRole,
  cadence,
  evidence: z.boolean(),
  checks: z.array(checkId).max(40),
  criteria: z.array(criterionId).min(1).max(61),
})

export const addControl = route({
  id: 'addControl',
  method: 'post',
  path: '/api/controls',
  permission: 'controls.write',
  summary: "Add a control of the organisation's own",
  body: controlText.extend({ id: controlId }),
  response: done,
})

export const editControl = route({
  id: 'editControl',
  method: 'put',
  path: '/api/controls/{control}',
  permission: 'controls.write',
  summary: 'A new version of a control',
  params: z.object({ control: controlId }),
  body: controlText.extend({ version: z.int(), change: z.string().trim().min(1).max(500) }),
  response: done,
})

export const retireControl = route({
  id: 'retireControl',
  method: 'post',
  path: '/api/controls/{control}/retire',
  permission: 'controls.write',
  summary: 'Retire a control, with the reason',
  params: z.object({ control: controlId }),
  body: z.object({ reason: note }),
  response: done,
})

export const assignOwner = route({
  id: 'assignOwner',
  method: 'post',
  path: '/api/controls/{control}/owner',
  permission: 'controls.write',
  summary: 'Assign the owner of a control',
  params: z.object({ control: controlId }),
  body: z.object({ person: personId }),
  response: done,
})

export const listChecks = route({
  id: 'listChecks',
  method: 'get',
  path: '/api/checks',
  permission: 'criteria.read',
  summary: 'Every check with its result',
  query: asOf,
  response: z.array(checkRow.extend({ controls: z.array(controlId) })),
})

export const getCheck = route({
  id: 'getCheck',
  method: 'get',
  path: '/api/checks/{check}',
  permission: 'criteria.read',
  summary: 'One check: its SQL, population, exceptions and recorded results',
  params: z.object({ check: checkId }),
  query: asOf,
  response: checkRow.extend({
    remedy: shown,
    controls: z.array(controlId),
    populationSql: z.string(),
    exceptionsSql: z.string(),
    unprovenSql: z.string().nullable(),
    freshnessDays: z.int().nullable(),
    /** The first 500 members; `population` says how many there are. */
    members: z.array(z.object({ subject: z.string(), label: z.string(), exception: z.boolean() })),
    exceptionRows: z.array(exceptionRow),
    /** The first 500 members of which nothing is known, and why. */
    unprovenRows: z.array(z.object({ subject: z.string(), label: z.string(), reason: shown })),
    history: z.array(
      z.object({
        day,
        status: checkStatus,
        population: z.int(),
        exceptions: z.int(),
        seq: z.int(),
      }),
    ),
  }),
})

export const runChecks = route({
  id: 'runChecks',
  method: 'post',
  path: '/api/checks/run',
  permission: 'checks.run',
  summary: 'Judge every check now and record the results',
  response: done.extend({
    totals: z.object({ met: z.int(), notMet: z.int(), notProven: z.int() }),
  }),
})

export const listExceptions = route({
  id: 'listExceptions',
  method: 'get',
  path: '/api/exceptions',
  permission: 'criteria.read',
  summary: 'Every exception that was ever found, with its state',
  query: asOf.extend({
    state: z.enum(['open', 'answered', 'accepted', 'fixed']).optional(),
    check: checkId.optional(),
  }),
  response: z.array(exceptionRow),
})

export const getException = route({
  id: 'getException',
  method: 'get',
  path: '/api/exceptions/{exception}',
  permission: 'criteria.read',
  summary: 'One exception: its observation, cause, response, acceptances and story',
  params: z.object({ exception: exceptionId }),
  query: asOf,
  response: exceptionRow.extend({
    remedy: shown,
    /** The how manieth time that this was found, from 1. */
    occurrence: z.int(),
    /** What the later look showed that ended it; null until it is recorded. */
    fixedBecause: z.enum(['rule-holds', 'subject-gone']).nullable(),
    /** Entry that shows it, when the check names one. */
    observation: z.int().nullable(),
    answeredBy: who.nullable(),
    cause: z.string().nullable(),
    response: z.object({ plan: z.string(), owner: who, due: day }).nullable(),
    acceptances: z.array(
      z.object({ by: who, until: day, reason: z.string(), at: instant, seq: z.int() }),
    ),
    controls: z.array(z.object({ id: controlId, title: shown })),
    story: z.array(z.object({ seq: z.int(), type: z.string(), at: instant, by: who })),
  }),
})

export const answerException = route({
  id: 'answerException',
  method: 'post',
  path: '/api/exceptions/{exception}/answer',
  permission: 'exceptions.answer',
  summary: 'Record the cause and the response',
  params: z.object({ exception: exceptionId }),
  body: z.object({ cause: note, plan: note, owner: personId, due: day }),
  response: done,
})

export const criteriaRoutes = [
  getBoard,
  getCriterion,
  includeCriterion,
  getTrend,
  listControls,
  getControl,
  listLibrary,
  adoptControls,
  addControl,
  editControl,
  retireControl,
  assignOwner,
  listChecks,
  getCheck,
  runChecks,
  listExceptions,
  getException,
  answerException,
] as const
