import { z } from 'zod'
import { categories } from '../../domain/organisation/events.ts'
import type { Views } from '../ports.ts'

const organisation = z
  .object({
    name_ja: z.string(),
    name_en: z.string(),
    time_zone: z.string(),
    categories: z.array(z.enum(categories)),
    demonstration: z.boolean(),
    set_up_at: z.iso.datetime(),
  })
  .transform((row) => ({
    name: { ja: row.name_ja, en: row.name_en },
    timeZone: row.time_zone,
    categories: row.categories,
    demonstration: row.demonstration,
    setUpAt: row.set_up_at,
  }))
export type OrganisationRow = z.infer<typeof organisation>

export async function organisationOf(views: Views): Promise<OrganisationRow | null> {
  const rows = await views.rows(
    organisation,
    `select name_ja, name_en, time_zone, categories, demonstration, set_up_at from organisation`,
  )
  return rows[0] ?? null
}

/** The day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(
    new Date(instant),
  )
}
