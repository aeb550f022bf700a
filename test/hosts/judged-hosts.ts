import {
  admin,
  goodFacts,
  openTestDevices,
  readingsOf,
  sighting,
} from '../../src/app/devices/testing.ts'
import { judgeCheck } from '../../src/app/judging/judge-checks.ts'
import { judgingStatement, seen } from '../../src/app/judging/statement.ts'
import { deviceChecks } from '../../src/domain/devices/checks.ts'
import type { Readings } from '../../src/domain/devices/facts.ts'

export const at = '2026-04-01T00:00:00.000Z'
export const good = () => goodFacts(at)
export type Facts = ReturnType<typeof goodFacts>
type Opened = Awaited<ReturnType<typeof openTestDevices>>

/** One machine that looks like this, a moment after it was seen. */
export async function seenAs(readings: Readings) {
  const opened = await openTestDevices()
  const source = await opened.devices.addSource(
    { name: 'db1', target: { kind: 'local' }, everyHours: 24 },
    admin,
  )
  if ('refused' in source) throw new Error(source.refused)
  opened.clock.advance({ minutes: 1 })
  await opened.devices.record(source.id, sighting(at, readings), { by: 'system:observer' })
  return { ...opened, source: source.id }
}

export async function judged({ engine }: Pick<Opened, 'engine'>) {
  const views = await engine.views()
  const rows = await views.rows(seen, judgingStatement(deviceChecks))
  return new Map(
    rows.map((row) => {
      const check = deviceChecks.find(({ id }) => id === row.check)
      if (check === undefined) throw new Error(row.check)
      return [row.check, judgeCheck(check, row, views.asOf)]
    }),
  )
}

export async function statusesOf(facts: Facts) {
  const results = await judged(await seenAs(readingsOf(facts)))
  return (id: string) => {
    const one = results.get(id)
    if (one === undefined) throw new Error(`there is no check ${id}`)
    return {
      status: one.status,
      reasons: one.found.map(({ reason }) => reason),
      unread: one.unread.map(({ reason }) => reason.en),
    }
  }
}
