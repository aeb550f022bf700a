import { z } from 'zod'
import type { getTasks } from '../../contract/evidence.ts'
import type { Output } from '../../contract/route.ts'
import { may } from '../../domain/access/permission.ts'
import type { Text } from '../../domain/decider.ts'
import type { Judged } from '../judging/judged.ts'
import type { PoliciesCases } from '../policies/open.ts'
import type { Views } from '../ports.ts'
import type { TrainingCases } from '../training/open.ts'
import type { Reader } from './open.ts'

export type Task = Output<typeof getTasks>[number]

type Waiting = {
  readonly judged: Judged
  readonly policies: Awaited<ReturnType<PoliciesCases['list']>>['policies']
  readonly courses: Awaited<ReturnType<TrainingCases['list']>>['courses']
}

/** So many are listed; whoever has more begins with these. */
const tasksMax = 200

/** What waits for one person: overdue first, then by due day, what has none last. */
export async function tasksOf(views: Views, reader: Reader, waiting: Waiting): Promise<Task[]> {
  const { day } = waiting.judged
  const tasks = [
    ...reading(waiting),
    ...learning(waiting),
    ...(await approving(views, reader)),
    ...(await inspecting(views, reader)),
    ...(await confirming(views, reader)),
    ...answering(waiting.judged, reader),
    ...carryingOut(waiting.judged, reader),
    ...providing(waiting.judged, reader),
  ]
  return tasks
    .map((task) => ({ ...task, overdue: task.due !== null && task.due < day }))
    .sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
    .slice(0, tasksMax)
}

type Found = Omit<Task, 'overdue'>

function reading({ policies }: Waiting): Found[] {
  return policies
    .filter(({ mine, state }) => state !== 'withdrawn' && mine.required && !mine.acknowledged)
    .map(({ id, title }) => ({ kind: 'acknowledge-policy', id, title, due: null }))
}

function learning({ courses }: Waiting): Found[] {
  return courses
    .filter(({ mine }) => mine?.required === true && !mine.current)
    .map(({ id, title }) => ({ kind: 'complete-course', id, title, due: null }))
}

const draft = z.object({ id: z.string(), ja: z.string(), en: z.string() })

/** Drafts of others: nobody approves what they wrote. */
async function approving(views: Views, { person, role }: Reader): Promise<Found[]> {
  if (!may(role, 'policies.approve')) return []
  const drafts = await views.rows(
    draft,
    `select v.policy as id, v.title_ja as ja, v.title_en as en
       from policies l
       join policy_versions v on v.policy = l.policy and v.version = l.newest
      where not l.withdrawn and l.newest > coalesce(l.version, 0) and v.author <> $1
      order by l.policy`,
    [person],
  )
  return drafts.map(({ id, ja, en }) => ({
    kind: 'approve-policy',
    id,
    title: { ja, en },
    due: null,
  }))
}

const document = z.object({ id: z.string(), title: z.string() })

/** Documents of others: nobody inspects what they brought. */
async function inspecting(views: Views, { person, role }: Reader): Promise<Found[]> {
  if (!may(role, 'evidence.inspect')) return []
  const documents = await views.rows(
    document,
    `select evidence as id, title from evidence
      where state = 'awaiting-inspection' and uploader <> $1
      order by seq limit ${tasksMax}`,
    [person],
  )
  return documents.map(({ id, title }) => ({
    kind: 'inspect-evidence',
    id,
    title: both(title),
    due: null,
  }))
}

const waitingKey = z.object({ id: z.string(), ja: z.string(), en: z.string() })

/** First keys of customers: those who did not invite the contact hold them against the contract. */
async function confirming(views: Views, { person, role }: Reader): Promise<Found[]> {
  if (!may(role, 'customers.confirm')) return []
  const waiting = await views.rows(
    waitingKey,
    `select c.customer as id, c.name_ja as ja, c.name_en as en
       from customers c
      where c.state = 'active'
        and not exists (select from customer_contacts o
                         where o.customer = c.customer and o.state = 'on-roster')
        and exists (select from customer_contacts n
                      join passkeys k on k.person = n.person and k.state = 'active'
                     where n.customer = c.customer and n.state = 'invited'
                       and n.invited_by <> $1
                       and not exists (select from customer_key_vouchers v
                                        where v.credential_id = k.credential_id
                                          and v.voucher = $1))
      order by c.customer`,
    [person],
  )
  return waiting.map(({ id, ja, en }) => ({
    kind: 'confirm-contract-key',
    id,
    title: { ja, en },
    due: null,
  }))
}

/** Open exceptions of the controls that the person owns; for the security lead, of every control. */
function answering(judged: Judged, { person, role }: Reader): Found[] {
  if (!may(role, 'exceptions.answer')) return []
  const own = new Set(
    judged.controls
      .filter(({ owner }) => owner?.id === person || role === 'security-lead')
      .flatMap(({ exceptions }) => exceptions),
  )
  return judged.exceptions
    .filter(({ id, state }) => state === 'open' && own.has(id))
    .map(({ id, checkTitle, label }) => ({
      kind: 'answer-exception',
      id,
      title: { ja: `${checkTitle.ja}: ${label}`, en: `${checkTitle.en}: ${label}` },
      due: null,
    }))
}

function carryingOut({ exceptions }: Judged, { person }: Reader): Found[] {
  return exceptions
    .filter(({ state, response }) => state === 'answered' && response?.owner === person)
    .map(({ id, response, checkTitle, label }) => ({
      kind: 'carry-out-response',
      id,
      title: { ja: `${checkTitle.ja}: ${label}`, en: `${checkTitle.en}: ${label}` },
      due: response?.due ?? null,
    }))
}

/** The oldest turn of each control that still needs its document. */
function providing({ controls }: Judged, { person, role }: Reader): Found[] {
  if (!may(role, 'evidence.write')) return []
  return controls.flatMap(({ id, title, state, owner, occurrences }) => {
    const turn = occurrences.find((one) => one.state === 'missed' || one.state === 'due')
    if (state !== 'adopted' || owner?.id !== person || turn === undefined) return []
    return [{ kind: 'provide-evidence' as const, id, title, due: turn.to }]
  })
}

function both(text: string): Text {
  return { ja: text, en: text }
}
