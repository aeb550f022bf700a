import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from './testing.ts'
import {
  entriesPath,
  levelsOf,
  parseTilePath,
  pathOf,
  tilePath,
  tileWidth,
  tilesOf,
} from './tile.ts'

test.each([
  [tilePath(0, 1_234_067, 5), 'tile/0/x001/x234/067.p/5'],
  [tilePath(0, 1_234_067, 256), 'tile/0/x001/x234/067'],
  [tilePath(0, 0, 256), 'tile/0/000'],
  [tilePath(2, 0, 1), 'tile/2/000.p/1'],
  [tilePath(63, 999, 255), 'tile/63/999.p/255'],
  [tilePath(1, 1000, 256), 'tile/1/x001/000'],
  [entriesPath(1_234_067, 256), 'tile/entries/x001/x234/067'],
  [entriesPath(273, 112), 'tile/entries/273.p/112'],
  [tilePath(0, 2 ** 53 - 1, 256), 'tile/0/x009/x007/x199/x254/x740/991'],
])('%s is written %s', (path, expected) => expect(path).toBe(expected))

test.each([
  '',
  'tile',
  'checkpoint',
  '/tile/0/000',
  'tile/0/000/',
  'tile/0/000\n',
  'tile/0/00',
  'tile/0/0000',
  'tile/0/1',
  'tile/0/x000/000',
  'tile/0/x000/x001/234',
  'tile/0/001/234',
  'tile/0/x001',
  'tile/0/X001/234',
  'tile/00/000',
  'tile/64/000',
  'tile/-1/000',
  'tile/0/000.p',
  'tile/0/000.p/',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/257',
  'tile/0/000.p/05',
  'tile/0/000.p/+5',
  'tile/0/x000.p/5',
  'tile/0/000.p/5/6',
  'tile/0/../0/000',
  'tile/entries/0',
  'tile/Entries/000',
  'tile/data/000',
  'tile/8/0/000',
  'tile/0/x009/x007/x199/x254/x740/992',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
])('the path %j names no tile', (path) =>
  expect(refusalOf(() => parseTilePath(path))).toBe('tile-path-malformed'),
)

test.each([
  [-1, 0, 256],
  [64, 0, 256],
  [0.5, 0, 256],
  [0, -1, 256],
  [0, 2 ** 53, 256],
  [0, 0, 0],
  [0, 0, 257],
  [0, 0, 1.5],
])('there is no tile of level %d, index %d and width %d', (level, index, width) =>
  expect(refusalOf(() => tilePath(level, index, width))).toBe('tile-path-malformed'),
)

test('every tile has one path, and the path names the tile', () => {
  const index = fc.maxSafeNat()
  const width = fc.integer({ min: 1, max: 256 })
  const address = fc.oneof(
    fc.record({
      kind: fc.constant('tile' as const),
      level: fc.integer({ min: 0, max: 63 }),
      index,
      width,
    }),
    fc.record({ kind: fc.constant('entries' as const), index, width }),
  )
  fc.assert(
    fc.property(address, (tile) => {
      expect(parseTilePath(pathOf(tile))).toEqual(tile)
    }),
  )
})

test('a tree of 70,000 entries has the tiles the specification counts', () => {
  const tiles = [...tilesOf(70_000)].filter((tile) => tile.kind === 'tile')
  const level = (wanted: number) => tiles.filter((tile) => tile.level === wanted)
  expect(level(0).filter(({ width }) => width === 256)).toHaveLength(273)
  expect(level(0).at(-1)).toEqual({ kind: 'tile', level: 0, index: 273, width: 112 })
  expect(level(1).map(({ width }) => width)).toEqual([256, 17])
  expect(level(2).map(({ width }) => width)).toEqual([1])
  expect(tiles).toHaveLength(274 + 2 + 1)
  expect([...tilesOf(70_000)].map(pathOf).filter((path) => path.includes('entries'))).toHaveLength(
    274,
  )
})

test.each([
  [0, []],
  [1, ['tile/entries/000.p/1', 'tile/0/000.p/1']],
  [255, ['tile/entries/000.p/255', 'tile/0/000.p/255']],
  [256, ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']],
  [
    257,
    ['tile/entries/000', 'tile/entries/001.p/1', 'tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1'],
  ],
])('a tree of %d entries has these files: %j', (size, expected) =>
  expect([...tilesOf(size)].map(pathOf)).toEqual(expected),
)

test('a tree of 65,536 entries has a full tile of level 1 and begins level 2', () => {
  const tiles = [...tilesOf(65_536)].map(pathOf)
  expect(tiles.slice(-2)).toEqual(['tile/1/000', 'tile/2/000.p/1'])
  expect(tiles.some((path) => path.startsWith('tile/0/') && path.includes('.p/'))).toBe(false)
})

test('the width of a tile is 0 where the tree does not reach', () => {
  expect(tileWidth(256, 0, 1)).toBe(0)
  expect(tileWidth(256, 1, 0)).toBe(1)
  expect(tileWidth(256, 2, 0)).toBe(0)
  expect(levelsOf(0)).toBe(0)
  expect(levelsOf(2 ** 53 - 1)).toBe(7)
  expect(refusalOf(() => tileWidth(-1, 0, 0))).toBe('size-invalid')
})
