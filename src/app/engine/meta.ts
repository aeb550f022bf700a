import { z } from 'zod'
import { EngineError } from './engine-error.ts'
import type { Meta } from './engine.ts'
import { plainName } from './envelope.ts'

const meta = z.strictObject({
  by: plainName,
  command: plainName.optional(),
  effectiveAt: z.iso.datetime({ offset: true }).optional(),
})

/** Checks who and when; an instant gets the one form in which entries keep it. */
export function checkMeta(given: Meta): Meta {
  const checked = meta.safeParse(given)
  if (!checked.success) {
    throw new EngineError('meta-invalid', `A command's meta: ${z.prettifyError(checked.error)}`)
  }
  const { by, command, effectiveAt } = checked.data
  return {
    by,
    ...(command === undefined ? {} : { command }),
    ...(effectiveAt === undefined ? {} : { effectiveAt: new Date(effectiveAt).toISOString() }),
  }
}
