import { z } from 'zod'

const control = z.string().regex(/^[A-Z]{2,4}-[0-9]{2,3}$/)
const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const text = (charactersMax: number) =>
  z.strictObject({
    ja: z.string().min(1).max(charactersMax),
    en: z.string().min(1).max(charactersMax),
  })

const mapping = z.strictObject({
  framework: z.enum(['soc2', 'iso27001', 'pcidss']),
  id: z.string().min(1).max(20),
  relation: z.enum(['equal', 'subset', 'superset', 'intersects']),
  rationale: text(500),
})
export type ControlMapping = z.infer<typeof mapping>

/**
 * The whole text of a version. It is in every entry that makes one, so that any version can be
 * shown from the log alone, whatever became of the library meanwhile.
 */
const definition = z.strictObject({
  title: text(500),
  statement: text(2_000),
  ownerRole: z.enum([
    'security-lead',
    'executive',
    'hr',
    'it',
    'operations',
    'development',
    'service-manager',
    'legal',
    'privacy-officer',
  ]),
  cadence: z.enum([
    'continuous',
    'daily',
    'weekly',
    'monthly',
    'quarterly',
    'semiannual',
    'annual',
    'on-occurrence',
  ]),
  /** What would prove that it happens. */
  proof: text(2_000),
  /** Whether each occurrence is to be shown by a document. */
  evidence: z.boolean(),
  checks: z.array(z.string().regex(/^[a-z0-9-]{3,60}$/)).max(40),
  mappings: z.array(mapping).min(1).max(100),
})
export type ControlDefinition = z.infer<typeof definition>

const version = z.int().min(1)

/** A control of the library became one of this organisation's, worded as the library had it. */
const adopted = z.strictObject({
  type: z.literal('controls.adopted.v1'),
  control,
  version,
  definition,
})

/** A control of the organisation's own. */
const added = z.strictObject({ type: z.literal('controls.added.v1'), control, version, definition })

const edited = z.strictObject({
  type: z.literal('controls.edited.v1'),
  control,
  version,
  /** What was changed and why, in the editor's words. */
  change: z.string().min(1).max(500),
  /** What it is from now on: a control of the library that was edited, or still the own one. */
  origin: z.enum(['edited', 'own']),
  definition,
})

/** It is no longer done. What it showed stays. */
const retired = z.strictObject({
  type: z.literal('controls.retired.v1'),
  control,
  version,
  reason: z.string().min(1).max(4_000),
})

const ownerAssigned = z.strictObject({
  type: z.literal('controls.owner-assigned.v1'),
  control,
  from: person.nullable(),
  to: person,
})

export const controlsEvent = z.discriminatedUnion('type', [
  adopted,
  added,
  edited,
  retired,
  ownerAssigned,
])
export type ControlsEvent = z.infer<typeof controlsEvent>
