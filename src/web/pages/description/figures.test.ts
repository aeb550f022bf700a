import { expect, test } from 'vitest'
import { withFigures } from './figures.ts'

test('a live figure stands where it is named, and only known ones do', () => {
  const figures = { 'people.count': 60, 'organisation.name': 'ひかり' }
  expect(withFigures('{{people.count}}名、{{ organisation.name }}', figures)).toBe('60名、ひかり')
  expect(withFigures('{{hosts.count}} {{constructor}} {{', figures)).toBe(
    '{{hosts.count}} {{constructor}} {{',
  )
})

test('a figure is put in as it is, even when it looks like a pattern', () => {
  expect(withFigures('{{a}}', { a: '$& {{b}}', b: 'no' })).toBe('$& {{b}}')
})
