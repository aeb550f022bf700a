import { z } from 'zod'
import { audiences } from '../people/audience.ts'

const text = z.strictObject({ ja: z.string().min(1).max(2_000), en: z.string().min(1).max(2_000) })

const question = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,60}$/),
    text,
    choices: z.array(text).min(2).max(6),
    /** Index of the right choice. */
    answer: z.int().min(0),
    /** Why it is right; shown when the quiz has been handed in. */
    why: text,
  })
  .refine(({ choices, answer }) => answer < choices.length, 'the right choice does not exist')
export type Question = z.infer<typeof question>

/** A course as it is offered: its text and its quiz. Its canonical JSON is kept; the digest names it. */
export const course = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{3,60}$/),
    title: text,
    summary: text,
    audience: z.enum(audiences),
    validMonths: z.int().min(1).max(36),
    /** Per cent of right answers needed to pass. */
    passingScore: z.int().min(1).max(100),
    text: z.strictObject({ ja: z.string().min(1).max(60_000), en: z.string().min(1).max(60_000) }),
    questions: z.array(question).min(1).max(40),
  })
  .refine(
    ({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length,
    'two questions have the same id',
  )
export type Course = z.infer<typeof course>

export type Grade = { readonly score: number; readonly wrong: readonly string[] }

/** What a set of answers is worth; a question without an answer is wrong. */
export function grade(
  questions: readonly Question[],
  answers: Readonly<Record<string, number>>,
): Grade {
  const wrong = questions.filter(({ id, answer }) => answers[id] !== answer).map(({ id }) => id)
  // Rounded down: nobody passes by rounding.
  const score = Math.floor(((questions.length - wrong.length) * 100) / questions.length)
  return { score, wrong }
}
