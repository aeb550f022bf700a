import { expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { limitOf, RateLimits, standardLimits } from './rate-limit.ts'

test('a bucket lets its burst pass, says how long to wait, and fills again', () => {
  let nowMs = 0
  const limits = new RateLimits(
    { ...standardLimits, 'sign-in': { burst: 3, perSecond: 0.5 } },
    () => nowMs,
  )
  const take = (key = 'a') => limits.take('sign-in', key)
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 2])
  expect(take('b')).toBe(0)
  nowMs = 1_000
  expect(take()).toBe(1)
  nowMs = 2_000
  expect(take()).toBe(0)
  expect(take()).toBe(2)
})

test('a clock that jumps back gives nobody anything and takes nothing away', () => {
  let nowMs = 10_000
  const limits = new RateLimits(
    { ...standardLimits, read: { burst: 2, perSecond: 1 } },
    () => nowMs,
  )
  expect(limits.take('read', 'a')).toBe(0)
  nowMs = 0
  expect(limits.take('read', 'a')).toBe(0)
  expect(limits.take('read', 'a')).toBe(1)
})

test('a flood of made-up keys does not grow without bound, nor free whoever asks all the time', () => {
  const limits = new RateLimits(
    { ...standardLimits, 'sign-in': { burst: 1, perSecond: 0.001 } },
    () => 0,
  )
  const guessed = [limits.take('sign-in', 'guesser')]
  for (let other = 0; other < 30_000; other++) {
    limits.take('sign-in', `address ${other}`)
    if (other % 1_000 === 0) guessed.push(limits.take('sign-in', 'guesser'))
  }
  expect(guessed.filter((waitSeconds) => waitSeconds === 0)).toHaveLength(1)
})

test('every public route is limited by address, and what is costly more than what is read', () => {
  const named = routes.map((route) => [route.id, limitOf(route)] as const)
  const open = routes.filter((route) => route.permission === 'public').map((route) => route.id)
  for (const [id, limit] of named) {
    expect(['public', 'sign-in', 'set-up'].includes(limit)).toBe(open.includes(id))
  }
  expect(named.filter(([, limit]) => limit === 'heavy').map(([id]) => id)).toEqual([
    'runChecks',
    'observe',
    'previewPeople',
    'confirmPeople',
    'importCompletions',
    'uploadEvidence',
    'makeReport',
    'verifyLedger',
    'registerContract',
    'keepMaterial',
  ])
})
