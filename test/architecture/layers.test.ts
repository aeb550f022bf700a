import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, ourFiles, textOf } from './source-files.ts'

/** Who may import whom; the table of docs/ARCHITECTURE.md. Everybody may import themselves. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ledger: [],
  domain: [],
  contract: ['domain'],
  ssh: ['ledger'],
  enforcement: ['ssh', 'ledger', 'domain', 'contract'],
  app: ['domain', 'ledger', 'contract'],
  store: ['app', 'domain', 'ledger'],
  connectors: ['app', 'domain', 'ledger'],
  reports: ['app', 'domain', 'ledger'],
  http: ['app', 'contract', 'domain'],
  cli: ['contract', 'ledger'],
  web: ['contract', 'domain'],
  demo: ['app', 'domain', 'ledger', 'contract'],
}

const isTest = (path: string) => /\.test\.tsx?$|\/testing\.ts$|\/testing\//.test(path)
const sources = ourFiles().filter((path) => /^src\/[a-z]+\/.*\.tsx?$/.test(path) && !isTest(path))
const layerOf = (path: string) => path.split('/')[1] ?? ''

test('every folder of src is in the table, so that nothing escapes it', () => {
  const layers = [...new Set(sources.map(layerOf))].filter((layer) => layer !== 'main')
  expect(layers.filter((layer) => !(layer in mayImport))).toEqual([])
  expect(sources.length).toBeGreaterThan(50)
})

test('no layer imports what it must not know', () => {
  const broken = sources.flatMap((path) =>
    importsOf(textOf(path))
      .filter((target) => target.startsWith('.'))
      .map((target) => posix.join(posix.dirname(path), target))
      .filter((target) => target.startsWith('src/') && !isAllowed(layerOf(path), target))
      .map((target) => `${path} -> ${target}`),
  )
  expect(broken).toEqual([])
})

test('ledger and domain can be read alone: besides Node and Zod they need nothing', () => {
  const known = /^(node:|zod$|\.)/
  const foreign = sources
    .filter((path) => /^src\/(ledger|domain)\//.test(path))
    .flatMap((path) =>
      importsOf(textOf(path))
        .filter((target) => !known.test(target))
        .map((target) => `${path} -> ${target}`),
    )
  expect(foreign).toEqual([])
})

test('a room of the domain does not reach for the clock, for chance or for the outside', () => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random|randomUUID|from 'node:(fs|net|http|child)/
  const domain = sources.filter((path) => path.startsWith('src/domain/'))
  expect(domain.filter((path) => impure.test(textOf(path)))).toEqual([])
})

function isAllowed(layer: string, target: string): boolean {
  const to = layerOf(target)
  if (layer === 'main' || to === layer || !target.slice('src/'.length).includes('/')) {
    return layer === 'main' || to === layer
  }
  return mayImport[layer]?.includes(to) ?? false
}
