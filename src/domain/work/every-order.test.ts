import { describe, expect, test } from 'vitest'
import { isRefused } from '../decider.ts'
import type { Change, WorkCommand } from './change.ts'
import type { WorkEvent } from './events.ts'
import { plannedOf } from './plan.ts'
import { approvalsNeeded, approverOf } from './statement.ts'
import { factsOf, keyOf, personOf, planOf, sealJudge, signedAs, yes } from './testing.ts'
import { workDecider } from './work.ts'
import { kinds, type Kind } from './words.ts'

const decider = workDecider(sealJudge)
const people = ['aoi', 'ben', 'emi', 'mori', 'kudo'] as const
const at = '2026-04-01T00:30:00.000Z'

type Step = { readonly command: WorkCommand; readonly by: string; readonly at: string }
type World = { readonly state: Change; readonly events: readonly { e: WorkEvent; by: string }[] }

/** Every command that five people can give, rightly or wrongly, in one state. */
function stepsIn(state: Change, kind: Kind, risk: 'normal' | 'destructive'): Step[] {
  const facts = factsOf()
  const change = 'CHG-2026-0001'
  const of = (revision: number) => planOf({ kind, risk, revision, model: modelOf(kind, risk) })
  const revision = state.state === 'absent' ? 1 : state.plan.revision
  const plan = plannedOf(of(revision))
  const steps: Step[] = []
  for (const name of people) {
    const by = personOf(name)
    const add = (command: WorkCommand) => steps.push({ command, by, at })
    add({ type: 'request', change, document: of(1), facts })
    if (revision < 2) add({ type: 'revise', change, document: of(revision + 1), facts })
    add({ type: 'submit', change, revision })
    for (const signedRevision of new Set([1, revision])) {
      const signedPlan = plannedOf(of(signedRevision))
      for (const role of ['assessor', 'customer', 'checker', 'duty-officer'] as const) {
        const signature = signedAs(name, signedPlan, role, yes(role), facts.roster)
        const given = { change, revision, signature, facts }
        if (role === 'assessor') add({ type: 'assess', ...given, note: '' })
        else add({ type: 'approve', ...given })
      }
    }
    add({ type: 'start', change, facts, notified: [personOf('mori')] })
    add({ type: 'withdraw', change, reason: 'no', facts })
  }
  // Somebody hands in another's key, an unsealed signature, or one of somebody else.
  const role = approverOf[kind]
  const good = signedAs('mori', plan, role, yes(role), facts.roster)
  for (const signature of [
    { ...good, signature: 'x' },
    { ...good, credentialId: keyOf('aoi').credentialId },
    good,
  ]) {
    steps.push({
      command: { type: 'approve', change, revision, signature, facts },
      by: personOf('ben'),
      at,
    })
  }
  return steps
}

const modelOf = (kind: Kind, risk: 'normal' | 'destructive') =>
  kind === 'standard' && risk === 'normal' ? planOf({ kind }).model : null

/** Counted from the events alone, by other code than the decider's. */
function holdsInImplement({ events }: World): string | null {
  const requests = events.filter(
    ({ e }) => e.type === 'work.requested.v1' || e.type === 'work.revised.v1',
  )
  const last = requests.at(-1)?.e
  if (last?.type !== 'work.requested.v1' && last?.type !== 'work.revised.v1') return 'no request'
  const since = events.slice(events.findIndex(({ e }) => e === last) + 1)
  const gone = new Set(
    since.flatMap(({ e }) => (e.type === 'work.approval-voided.v1' ? [e.person] : [])),
  )
  const approvals = since.filter(({ e, by }) => e.type === 'work.approved.v1' && !gone.has(by))
  const approvers = new Set(approvals.map(({ by }) => by))
  const starter = since.findLast(({ e }) => e.type === 'work.started.v1')?.by
  if (starter === undefined) return 'nobody started'
  const authors = new Set(requests.map(({ by }) => by))
  if (approvers.size < approvalsNeeded(last)) return 'too few approvers'
  if (approvers.has(starter)) return 'the executor approved'
  if (last.kind !== 'emergency' && [...authors].some((by) => approvers.has(by)))
    return 'own request'
  if (new Set([...approvers, ...authors, starter]).size < 2) return 'one person alone'
  for (const { e, by } of approvals) {
    if (e.type !== 'work.approved.v1') return 'no approval'
    if (e.requestHash !== last.requestHash) return 'stale revision'
    const said: unknown = JSON.parse(e.signature.statement)
    if (Reflect.get(Object(said), 'requestHash') !== last.requestHash) return 'other statement'
    if (Reflect.get(Object(said), 'signer') !== by) return 'other signer'
    const key = keyOf(people.find((name) => personOf(name) === by) ?? '')
    if (!sealJudge.verifies(e.signature, key)) return 'unsigned'
  }
  const assessors = since.flatMap(({ e, by }) => (e.type === 'work.assessed.v1' ? [by] : []))
  if (last.kind === 'normal' && assessors.length === 0) return 'nobody assessed'
  return assessors.some((by) => authors.has(by) || by === starter) ? 'assessed own' : null
}

function take(world: World, { command, by, at: when }: Step): World {
  const answer = decider.decide(command, world.state, { by, at: when })
  if (isRefused(answer)) return world
  let { state } = world
  for (const event of answer) state = decider.evolve(state, event, { by, at: when })
  return { state, events: [...world.events, ...answer.map((e) => ({ e, by }))] }
}

/** Two orders that lead to the same state need to be followed once. */
function keyOfWorld({ state }: World): string {
  return JSON.stringify(state, (_, value: unknown) =>
    value instanceof Map
      ? [...value]
      : value instanceof Set
        ? [...value].map(String).toSorted((a, b) => (a < b ? -1 : 1))
        : value,
  )
}

describe.each(
  kinds.flatMap((kind) => (['normal', 'destructive'] as const).map((risk) => ({ kind, risk }))),
)('a $kind change of $risk risk', ({ kind, risk }) => {
  test('is implemented only as approved, whatever order of commands five people try', () => {
    const seen = new Set<string>()
    let edge: World[] = [{ state: decider.initial, events: [] }]
    let implemented = 0
    const wrong = new Set<string | null>()
    for (let depth = 0; depth < 8 && edge.length > 0; depth++) {
      const next: World[] = []
      for (const world of edge) {
        for (const step of stepsIn(world.state, kind, risk)) {
          const then = take(world, step)
          if (then === world || then.events.length === world.events.length) continue
          const key = keyOfWorld(then)
          if (seen.has(key)) continue
          seen.add(key)
          if (then.state.state === 'implement') {
            implemented++
            wrong.add(holdsInImplement(then))
          }
          next.push(then)
        }
      }
      edge = next
    }
    wrong.delete(null)
    expect([...wrong]).toEqual([])
    // Agreed work of another risk than the agreement's cannot even be asked for.
    expect(implemented > 0).toBe(!(kind === 'standard' && risk === 'destructive'))
  })
})
