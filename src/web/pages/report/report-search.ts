import { z } from 'zod'
import { language } from '../../../contract/shared.ts'

/** Which report the address speaks of; without a language it is the one of the pages. */
export const reportSearch = z.object({ language: language.optional().catch(undefined) })
export type ReportSearch = z.output<typeof reportSearch>
