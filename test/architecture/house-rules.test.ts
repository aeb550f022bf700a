import { expect, test } from 'vitest'
import { ourFiles, textOf } from './source-files.ts'

const files = ourFiles()
const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path))
const readable = files.filter((path) => /\.(ts|tsx|mjs|json|md|css|typ|html|go|sh)$/.test(path))
const linesMax = 400

test('no source file is longer than 400 lines', () => {
  const long = code.filter((path) => textOf(path).trimEnd().split('\n').length > linesMax)
  expect(long).toEqual([])
})

test('files are named for the noun inside: kebab-case, and never utils or helpers', () => {
  const vague = /(^|[/.-])(utils?|helpers?|manager|service|misc|common)([/.-]|$)/
  const odd = code.filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return vague.test(path) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|tsx|mjs)$/.test(name)
  })
  expect(odd).toEqual([])
})

test('there are no barrels: a file that only hands on what others export', () => {
  const barrels = code.filter((path) => {
    const lines = textOf(path).split('\n')
    const said = lines.map((line) => line.trim()).filter((line) => !/^(\/\/.*|)$/.test(line))
    return said.length > 0 && said.every((line) => /^export (\*|\{.*\}) from /.test(line))
  })
  expect(barrels).toEqual([])
})

test('nothing is left for later in the code', () => {
  const marks = new RegExp(
    `\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`,
  )
  expect(readable.filter((path) => marks.test(textOf(path)))).toEqual([])
})

test('no path of a developer’s machine stands in the repository', () => {
  // Absolute paths only: there are pages of the name `home`, too.
  const place = new RegExp(['(^|[^a-z.])/(ho', 'me/[a-z]|wo', 'rk/|Us', 'ers/[a-z])'].join(''), 'm')
  expect(readable.filter((path) => place.test(textOf(path)))).toEqual([])
})
