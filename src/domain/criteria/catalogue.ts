import { z } from 'zod'

/**
 * The shape of the content files: the criteria, the other frameworks' ids and the library of
 * controls. Ids are the publishers'; every title and text is our own, in both languages.
 */

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** A text in both languages, at most `charactersMax` long in each. */
const text = (charactersMax: number) =>
  z.strictObject({
    ja: z.string().trim().min(1).max(charactersMax).regex(japanese, 'no Japanese in it'),
    en: z
      .string()
      .trim()
      .min(1)
      .max(charactersMax)
      .refine((words) => !japanese.test(words), 'Japanese in the English text'),
  })

const title = text(120)
const paragraph = text(1_000)

export const category = z.enum([
  'security',
  'availability',
  'confidentiality',
  'processing-integrity',
  'privacy',
])

const Series = z.strictObject({ id: z.string().regex(/^[A-Z]{1,2}[0-9]$/), category, title })
type Series = z.infer<typeof Series>

const CriterionEntry = z.strictObject({
  /** As the Trust Services Criteria number it: `CC6.1`. */
  id: z.string().regex(/^[A-Z]{1,2}[0-9]\.[0-9]$/),
  series: z.string(),
  category,
  title,
  /** What it asks for, what an auditor usually wants to see, and how to start. */
  guidance: paragraph,
})
export type CriterionEntry = z.infer<typeof CriterionEntry>

const CriteriaFile = z.strictObject({
  framework: z.literal('soc2'),
  edition: z.string().min(1),
  title,
  series: z.array(Series).min(1).max(50),
  criteria: z.array(CriterionEntry).min(1).max(200),
})

const FrameworkRequirement = z.strictObject({
  id: z.string().min(1).max(20),
  group: z.string(),
  title,
})

const Framework = z.strictObject({
  framework: z.enum(['iso27001', 'pcidss']),
  edition: z.string().min(1),
  title,
  groups: z
    .array(z.strictObject({ id: z.string().min(1), title }))
    .min(1)
    .max(50),
  requirements: z.array(FrameworkRequirement).min(1).max(500),
})
type Framework = z.infer<typeof Framework>

const Mapping = z.strictObject({
  framework: z.enum(['soc2', 'iso27001', 'pcidss']),
  id: z.string(),
  /**
   * What the control is to the requirement: it asks the same (`equal`), it answers a part of it
   * (`subset`), it does all of it and more (`superset`), or each has a part of its own
   * (`intersects`).
   */
  relation: z.enum(['equal', 'subset', 'superset', 'intersects']),
  rationale: text(200),
})
export type Mapping = z.infer<typeof Mapping>

const LibraryControl = z
  .strictObject({
    id: z.string().regex(/^[A-Z]{2,4}-[0-9]{2}$/),
    title,
    /** What the organisation does, in the present tense, testable, naming the role. */
    statement: paragraph,
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
    proof: paragraph,
    /** Whether a document must be uploaded and inspected at each occurrence. */
    evidence: z.boolean(),
    checks: z.array(z.string().regex(/^[a-z0-9-]{3,60}$/)).max(40),
    mappings: z.array(Mapping).min(1).max(40),
  })
  .refine((control) => control.evidence || control.checks.length > 0, {
    error: 'without a check it can only be proved by a document',
    path: ['evidence'],
  })
export type LibraryControl = z.infer<typeof LibraryControl>

const ControlsFile = z.strictObject({
  family: z.string().regex(/^[a-z-]{2,40}$/),
  title,
  controls: z.array(LibraryControl).min(1).max(100),
})

export type Catalogue = {
  readonly series: readonly Series[]
  readonly criteria: readonly CriterionEntry[]
  readonly frameworks: readonly Framework[]
  readonly families: readonly z.infer<typeof ControlsFile>[]
  readonly controls: readonly LibraryControl[]
}

/** The parsed JSON of the content files, one value per file. */
export type CatalogueFiles = {
  readonly criteria: unknown
  readonly frameworks: readonly unknown[]
  readonly controls: readonly unknown[]
}

type ProblemCode =
  | 'catalogue-shape'
  | 'catalogue-duplicate'
  | 'catalogue-unknown-group'
  | 'catalogue-unknown-requirement'

/** One thing wrong with the content; `about` names the file, id or field. */
type CatalogueProblem = { readonly code: ProblemCode; readonly about: string }

/** The content cannot be used; `problems` holds all that is wrong with it. */
class CatalogueError extends Error {
  readonly code = 'catalogue-invalid'
  readonly problems: readonly CatalogueProblem[]

  constructor(problems: readonly CatalogueProblem[]) {
    super(problems.map(({ code, about }) => `${code}: ${about}`).join('\n'))
    this.name = 'CatalogueError'
    this.problems = problems
  }
}

/**
 * Parses the content files and holds them against each other: ids are unique, every criterion
 * belongs to a series of its category, every mapping names an existing requirement once.
 *
 * @throws CatalogueError naming everything that is wrong.
 */
export function parseCatalogue(files: CatalogueFiles): Catalogue {
  const criteria = shaped('criteria', CriteriaFile, files.criteria)
  const frameworks = files.frameworks.map((file, at) => shaped(`framework ${at}`, Framework, file))
  const families = files.controls.map((file, at) => shaped(`controls ${at}`, ControlsFile, file))
  const catalogue = {
    series: criteria.series,
    criteria: criteria.criteria,
    frameworks,
    families,
    controls: families.flatMap((family) => family.controls),
  }
  const problems = [
    ...duplicates(catalogue),
    ...strayCriteria(catalogue),
    ...frameworks.flatMap(strayRequirements),
    ...strayMappings(catalogue),
  ]
  if (problems.length > 0) throw new CatalogueError(problems)
  return catalogue
}

/** The title of what a mapping points to; null when the catalogue has no such requirement. */
export function mappedTitle(
  catalogue: Catalogue,
  mapping: Pick<Mapping, 'framework' | 'id'>,
): { readonly ja: string; readonly en: string } | null {
  const requirements =
    mapping.framework === 'soc2'
      ? catalogue.criteria
      : catalogue.frameworks
          .filter(({ framework }) => framework === mapping.framework)
          .flatMap((framework) => framework.requirements)
  return requirements.find(({ id }) => id === mapping.id)?.title ?? null
}

function shaped<Shape extends z.ZodType>(file: string, shape: Shape, json: unknown) {
  const result = shape.safeParse(json)
  if (result.success) return result.data
  throw new CatalogueError(
    result.error.issues.map((issue) => ({
      code: 'catalogue-shape',
      about: `${file} at ${issue.path.join('.')}: ${issue.message}`,
    })),
  )
}

function duplicates(catalogue: Catalogue): CatalogueProblem[] {
  const lists: [string, readonly string[]][] = [
    ['series', catalogue.series.map(({ id }) => id)],
    ['criterion', catalogue.criteria.map(({ id }) => id)],
    ['framework', catalogue.frameworks.map(({ framework }) => framework)],
    ['family', catalogue.families.map(({ family }) => family)],
    ['control', catalogue.controls.map(({ id }) => id)],
    ...catalogue.frameworks.map((file): [string, string[]] => [
      file.framework,
      [...file.groups, ...file.requirements].map(({ id }) => id),
    ]),
    ...catalogue.controls.flatMap((control): [string, string[]][] => [
      [`${control.id} check`, control.checks],
      [`${control.id} mapping`, control.mappings.map((to) => `${to.framework} ${to.id}`)],
    ]),
  ]
  return lists.flatMap(([kind, ids]) =>
    ids
      .filter((id, at) => ids.indexOf(id) !== at)
      .map((id) => ({ code: 'catalogue-duplicate', about: `${kind} ${id}` }) as const),
  )
}

function strayCriteria(catalogue: Catalogue): CatalogueProblem[] {
  return catalogue.criteria
    .filter(
      (criterion) =>
        !catalogue.series.some(
          (series) =>
            series.id === criterion.series &&
            series.category === criterion.category &&
            criterion.id.startsWith(`${series.id}.`),
        ),
    )
    .map(({ id }) => ({ code: 'catalogue-unknown-group', about: id }))
}

function strayRequirements(file: Framework): CatalogueProblem[] {
  const groups = new Set(file.groups.map(({ id }) => id))
  return file.requirements
    .filter(({ id, group }) => !groups.has(group) || !id.startsWith(`${group}.`))
    .map(({ id }) => ({ code: 'catalogue-unknown-group', about: `${file.framework} ${id}` }))
}

function strayMappings(catalogue: Catalogue): CatalogueProblem[] {
  return catalogue.controls.flatMap((control) =>
    control.mappings
      .filter((mapping) => mappedTitle(catalogue, mapping) === null)
      .map(({ framework, id }) => ({
        code: 'catalogue-unknown-requirement' as const,
        about: `${control.id}: ${framework} ${id}`,
      })),
  )
}
