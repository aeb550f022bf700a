import { z } from 'zod'
import { audiences } from '../people/audience.ts'

const person = z.string().regex(/^per_[0-9a-z]{26}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const course = z.string().regex(/^[a-z0-9-]{3,60}$/)
const questionId = z.string().max(60)
const percent = z.int().min(0).max(100)
const day = z.iso.date()

/** A course has to be taken, by whom and how often; offered again, its terms are other ones. */
const offered = z.strictObject({
  type: z.literal('training.offered.v1'),
  course,
  /** SHA-256 of the course's canonical JSON (text, questions, right answers), kept as a blob. */
  edition: sha256,
  title: z.strictObject({ ja: z.string().min(1).max(500), en: z.string().min(1).max(500) }),
  audience: z.enum(audiences),
  validMonths: z.int().min(1).max(36),
  passingScore: percent,
})

const withdrawn = z.strictObject({
  type: z.literal('training.withdrawn.v1'),
  course,
  reason: z.string().min(1).max(4_000),
})

/** Somebody handed in the quiz. What they answered is theirs: encrypted, null once erased. */
const attempted = z.strictObject({
  type: z.literal('training.attempted.v1'),
  person,
  course,
  edition: sha256,
  /** Day in the organisation's zone. */
  on: day,
  answers: z.record(questionId, z.int().min(0).max(20)).nullable(),
  score: percent.nullable(),
  wrong: z.array(questionId).max(40).nullable(),
  passed: z.boolean(),
})

/** Another training system says so; the entry before it names the file. */
const completed = z.strictObject({
  type: z.literal('training.completed.v1'),
  person,
  course,
  on: day,
  /** Null when the list had none, and once the person is erased. */
  score: percent.nullable(),
  passed: z.boolean(),
  file: sha256,
  row: z.int().min(1),
})

/** A list of completions was taken in; the entries after it are what was new in it. */
const imported = z.strictObject({
  type: z.literal('training.imported.v1'),
  file: sha256,
  rows: z.int().min(1),
  recorded: z.int().min(0),
  unchanged: z.int().min(0),
})

export const trainingEvent = z.discriminatedUnion('type', [
  offered,
  withdrawn,
  attempted,
  completed,
  imported,
])
export type TrainingEvent = z.infer<typeof trainingEvent>

/** Where these events hold personal data: encrypted under the key of that person. */
export const trainingPersonal = {
  'training.attempted.v1': { subject: 'person', fields: ['answers', 'score', 'wrong'] },
  'training.completed.v1': { subject: 'person', fields: ['score'] },
} as const
