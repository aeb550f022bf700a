import { expect, test } from 'vitest'
import { readCatalogue } from '../src/app/content/catalogue-files.ts'
import { parseCatalogue } from '../src/domain/criteria/catalogue.ts'
import { criterionIds } from '../src/domain/criteria/ids.ts'

const catalogue = readCatalogue()
const framework = (name: string) => {
  const found = catalogue.frameworks.find((one) => one.framework === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found.requirements.map(({ id }) => id)
}
const numbered = (prefix: string, last: number) =>
  Array.from({ length: last }, (_, at) => `${prefix}${at + 1}`)
const mapped = (name: string) =>
  new Set(
    catalogue.controls
      .flatMap(({ mappings }) => mappings)
      .filter((mapping) => mapping.framework === name)
      .map(({ id }) => id),
  )

/** The publication's own numbering, written out here a second time on purpose. */
const criteria = `
  CC1.1 CC1.2 CC1.3 CC1.4 CC1.5 CC2.1 CC2.2 CC2.3 CC3.1 CC3.2 CC3.3 CC3.4 CC4.1 CC4.2
  CC5.1 CC5.2 CC5.3 CC6.1 CC6.2 CC6.3 CC6.4 CC6.5 CC6.6 CC6.7 CC6.8 CC7.1 CC7.2 CC7.3
  CC7.4 CC7.5 CC8.1 CC9.1 CC9.2 A1.1 A1.2 A1.3 C1.1 C1.2 PI1.1 PI1.2 PI1.3 PI1.4 PI1.5
  P1.1 P2.1 P3.1 P3.2 P4.1 P4.2 P4.3 P5.1 P5.2 P6.1 P6.2 P6.3 P6.4 P6.5 P6.6 P6.7 P7.1
  P8.1
`
  .trim()
  .split(/\s+/)

test('the criteria are the 61 of the publication, in its order, and the code knows the same', () => {
  expect(criteria).toHaveLength(61)
  expect(catalogue.criteria.map(({ id }) => id)).toEqual(criteria)
  expect(criterionIds.map(({ id }) => id)).toEqual(criteria)
  expect(criterionIds.map(({ category }) => category)).toEqual(
    catalogue.criteria.map(({ category }) => category),
  )
})

test('Annex A has its 93 controls: 37 organisational, 8 people, 14 physical, 34 technological', () => {
  expect(framework('iso27001')).toEqual([
    ...numbered('A.5.', 37),
    ...numbered('A.6.', 8),
    ...numbered('A.7.', 14),
    ...numbered('A.8.', 34),
  ])
})

test('PCI DSS has its 63 requirements at x.y, and below them only ids that it has', () => {
  const ids = framework('pcidss')
  const counts = [5, 3, 7, 2, 4, 5, 3, 6, 5, 7, 6, 10]
  const twoParts = counts.flatMap((count, at) => numbered(`${at + 1}.`, count))
  expect(twoParts).toHaveLength(63)
  expect(ids.filter((id) => id.split('.').length === 2)).toEqual(twoParts)
  const deeper = ids.filter((id) => id.split('.').length > 2)
  expect(deeper.length).toBeLessThanOrEqual(205)
  for (const id of deeper) {
    expect(id).toMatch(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/)
    expect(twoParts).toContain(id.split('.').slice(0, 2).join('.'))
  }
})

test('every criterion is answered by a control, and every common criterion by two at least', () => {
  const answered = catalogue.controls.flatMap(({ mappings }) =>
    mappings.filter((mapping) => mapping.framework === 'soc2').map(({ id }) => id),
  )
  const times = (criterion: string) => answered.filter((id) => id === criterion).length
  expect(criteria.filter((id) => times(id) === 0)).toEqual([])
  expect(criteria.filter((id) => id.startsWith('CC') && times(id) < 2)).toEqual([])
})

test('every control of Annex A is answered by some control of the library', () => {
  const answered = mapped('iso27001')
  expect(framework('iso27001').filter((id) => !answered.has(id))).toEqual([])
})

test('every requirement of PCI DSS at x.y that the library touches is touched where it exists', () => {
  const known = new Set(framework('pcidss'))
  expect([...mapped('pcidss')].filter((id) => !known.has(id))).toEqual([])
  expect(mapped('pcidss').size).toBeGreaterThan(90)
})

test('ids of controls are dense: each family counts from 01 without a gap', () => {
  expect(catalogue.controls.length).toBeGreaterThanOrEqual(115)
  const families = Map.groupBy(catalogue.controls, ({ id }) => id.slice(0, 2))
  expect(families.size).toBe(catalogue.families.length)
  for (const [family, controls] of families) {
    const expected = controls.map((_, at) => `${family}-${String(at + 1).padStart(2, '0')}`)
    expect(controls.map(({ id }) => id)).toEqual(expected)
  }
})

test('titles of controls are told apart in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const titles = catalogue.controls.map(({ title }) => title[language])
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  }
})

test('no text is a leftover: sentences end, and nothing is written twice in one control', () => {
  const texts = catalogue.controls.flatMap(({ id, statement, proof }) => [
    { id, ...statement },
    { id, ...proof },
  ])
  expect(texts.filter(({ ja, en }) => !ja.endsWith('。') || !en.endsWith('.'))).toEqual([])
  const rationales = catalogue.controls.flatMap(({ id, mappings }) =>
    mappings.map(({ rationale }) => `${id} ${rationale.en}`),
  )
  expect(rationales.filter((one, at) => rationales.indexOf(one) !== at)).toEqual([])
})

test('a control that is wrong about an id, a language or its proof is refused by name', () => {
  const [control] = catalogue.controls
  const file = (changes: object) => ({
    family: 'wrong',
    title: { ja: '誤り', en: 'Wrong' },
    controls: [{ ...control, ...changes }],
  })
  const parse = (changes: object) => () =>
    parseCatalogue({
      criteria: {
        framework: 'soc2',
        edition: '2017',
        title: { ja: '規準', en: 'Criteria' },
        series: catalogue.series,
        criteria: catalogue.criteria,
      },
      frameworks: catalogue.frameworks,
      controls: [file(changes)],
    })
  expect(parse({})).not.toThrow()
  const stray = { framework: 'soc2', id: 'CC9.9', relation: 'equal', rationale: control?.title }
  expect(parse({ mappings: [stray] })).toThrow('catalogue-unknown-requirement')
  expect(parse({ title: { ja: 'English', en: 'English' } })).toThrow('no Japanese in it')
  expect(parse({ title: { ja: '日本語', en: '日本語' } })).toThrow('Japanese in the English text')
  expect(parse({ evidence: false, checks: [] })).toThrow('only be proved by a document')
})
