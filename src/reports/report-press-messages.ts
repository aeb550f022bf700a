import { z } from 'zod'

/** What the compiler asks of its process: the folder of the template, the document as JSON text. */
export const Job = z.strictObject({ folder: z.string(), document: z.string() })
export type Job = z.infer<typeof Job>

export const Answer = z.union([
  z.strictObject({ pdf: z.instanceof(Uint8Array), residentMiB: z.number() }),
  /** Why the typesetter refused, with the place in the template. */
  z.strictObject({ refused: z.string() }),
])
export type Answer = z.infer<typeof Answer>
