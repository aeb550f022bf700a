import { expect, test } from 'vitest'
import type { PendingUpdate } from '../../domain/devices/facts.ts'
import { pendingSince, type KnownBefore } from './pending-since.ts'
import { createRuns, type Work } from './runs.ts'
import { nextAt } from './schedule.ts'

const rhythm = { everyHours: 24, addedAt: '2026-04-01T00:00:00.000Z', lastAt: null, failures: 0 }

test('a new source is due at once, one that succeeds in its rhythm', () => {
  expect(nextAt(rhythm)).toBe('2026-04-01T00:00:00.000Z')
  const last = { ...rhythm, lastAt: '2026-04-02T03:00:00.000Z' }
  expect(nextAt(last)).toBe('2026-04-03T03:00:00.000Z')
})

test('a source that fails is tried again soon, then ever less often, up to its rhythm', () => {
  const after = (failures: number) =>
    nextAt({ ...rhythm, lastAt: '2026-04-02T00:00:00.000Z', failures })
  expect(after(1)).toBe('2026-04-02T00:15:00.000Z')
  expect(after(2)).toBe('2026-04-02T00:30:00.000Z')
  expect(after(5)).toBe('2026-04-02T04:00:00.000Z')
  expect(after(8)).toBe('2026-04-03T00:00:00.000Z')
  expect(after(10_000)).toBe('2026-04-03T00:00:00.000Z')
})

const at = '2026-04-10T00:00:00.000Z'
const update = (name: string, changes: Partial<PendingUpdate> = {}): PendingUpdate => ({
  package: name,
  installed: '1',
  candidate: '2',
  security: true,
  since: null,
  sinceKnown: false,
  ...changes,
})
const before = (changes: Partial<KnownBefore> = {}): KnownBefore => ({
  observedAt: '2026-04-09T00:00:00.000Z',
  listsAgeDays: 0,
  since: new Map(),
  ...changes,
})

test('at the first look nobody knows how long an update has been pending', () => {
  expect(pendingSince([update('a')], null, at)).toEqual([update('a', { since: at })])
})

test('what was not pending yesterday became available since', () => {
  const since = '2026-04-09T00:00:00.000Z'
  expect(pendingSince([update('a')], before(), at)).toEqual([
    update('a', { since, sinceKnown: true }),
  ])
})

test('after a long silence, or with stale lists, that cannot be said', () => {
  const long = before({
    observedAt: '2026-04-01T00:00:00.000Z',
    listsAgeDays: 0,
  })
  for (const known of [long, before({ listsAgeDays: null }), before({ listsAgeDays: 30 })]) {
    expect(pendingSince([update('a')], known, at)).toEqual([update('a', { since: at })])
  }
})

test('a newer candidate does not start the count again', () => {
  const known = { since: '2026-03-01T00:00:00.000Z', sinceKnown: true }
  const seen = before({ since: new Map([['a', known]]) })
  expect(pendingSince([update('a', { candidate: '3' })], seen, at)).toEqual([
    update('a', { candidate: '3', ...known }),
  ])
})

test('the vendor’s own day of issue counts where it is told', () => {
  const issued = update('a', { since: '2026-03-20T00:00:00.000Z', sinceKnown: true })
  expect(pendingSince([issued], null, at)).toEqual([issued])
})

test('no more sources are looked at at once than allowed, and none is forgotten', async () => {
  const runs = createRuns({ concurrentMax: 2 }, () => undefined)
  let [now, most, done] = [0, 0, 0]
  const work: Work = async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 5))
    now -= 1
    done += 1
    return { last: 1, host: null, failure: null }
  }
  for (let n = 0; n < 20; n += 1)
    runs.start({ id: `run_${n}`, source: `src_${n}`, startedAt: at }, work)
  expect(runs.running()).toBe(20)
  await runs.idle()
  expect([most, done, runs.running()]).toEqual([2, 20, 0])
  expect(runs.find('run_0')?.outcome).toEqual({ state: 'succeeded', seq: 1, host: null })
})

test('runs that have ended are forgotten when there are too many, running ones never', async () => {
  const gate = Promise.withResolvers<void>()
  const runs = createRuns({ concurrentMax: 1_000 }, () => undefined)
  runs.start({ id: 'first', source: 'first', startedAt: at }, async () => {
    await gate.promise
    return { refused: 'source-removed' }
  })
  for (let n = 0; n < 600; n += 1) {
    runs.start({ id: `run_${n}`, source: `src_${n}`, startedAt: at }, () =>
      Promise.resolve({ last: n, host: null, failure: null }),
    )
    await Promise.resolve()
    if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(runs.find('first')?.outcome).toEqual({ state: 'running' })
  expect(runs.find('run_0')).toBe(undefined)
  gate.resolve()
  await runs.idle()
  expect(runs.find('first')?.outcome).toMatchObject({ state: 'failed', code: 'source-removed' })
})
