import { z } from 'zod'
import type { Views } from '../ports.ts'
import { noticeMail, type NoticeKind } from './mail-texts.ts'
import type { CustomersParts } from './parts.ts'

type About = {
  readonly customer: string
  /** The person it is about, or a title. */
  readonly about?: string
  readonly title?: { readonly ja: string; readonly en: string }
  readonly by: string
  /** One of our own people, who is told instead of the contacts. */
  readonly to?: string
}

export type Notices = {
  /** Tells the customer's contacts, beside the work that caused it; an error is told the operators. */
  readonly later: (kind: NoticeKind, about: About) => void
  /** Alarms when fewer than two contacts of the customer are left who can approve. */
  readonly countRoster: (customer: string) => Promise<void>
  /** When everything that was begun is done: for closing, and for tests. */
  readonly settled: () => Promise<void>
}

/** With one, nobody stands in; with none, no normal work can be approved. */
const contactsMin = 2

const reader = z.object({
  email: z.string(),
  language: z.enum(['ja', 'en']),
})

/** Mail to every contact who has not left. */
export function openNotices(
  parts: CustomersParts,
  onError: (where: string, error: unknown) => void,
): Notices {
  const running = new Set<Promise<void>>()
  const beside = (started: Promise<void>) => {
    const work = started
      .catch((error: unknown) => {
        onError('notices', error)
      })
      .finally(() => running.delete(work))
    running.add(work)
  }
  return {
    later(kind, about) {
      beside(tell(parts, kind, about))
    },
    async countRoster(customer) {
      const state = await parts.room.state(`customers:${customer}`)
      if (state.state !== 'active' || state.roster.contacts.size >= contactsMin) return
      const left = state.roster.contacts.size
      const ja = `お客様 ${customer} の承認できる担当者が ${left} 人になりました。`
      const en = `Customer ${customer} has ${left} contact(s) left who can approve.`
      beside(parts.alarm.tell(`[Arinomama] ${ja} / ${en}`))
    },
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

async function tell(
  { engine, mailer, origin }: CustomersParts,
  kind: NoticeKind,
  { customer, about, by, title, to: one }: About,
): Promise<void> {
  const views = await engine.views()
  const readers = one === undefined ? await contactsOf(views, customer) : await ours(views, one)
  const organisation = await organisationName(views)
  const names = await namesOf(views, [about ?? '', by])
  const address = one === undefined ? `${origin}/own` : `${origin}/customers/${customer}`
  for (const to of readers) {
    const words = {
      name: names.get(about ?? '') ?? '—',
      by: names.get(by) ?? '—',
      title: title?.[to.language] ?? '',
      address,
    }
    await mailer.send(noticeMail(kind, { ...to, organisation: organisation[to.language] }, words))
  }
}

function contactsOf(views: Views, customer: string) {
  return views.rows(
    reader,
    `select p.email, a.language
       from customer_contacts c
       join persons p on p.person = c.person and p.email is not null
       join accounts a on a.person = c.person and a.state <> 'disabled'
      where c.customer = $1 and c.state <> 'left'
      order by c.invited_at, c.person`,
    [customer],
  )
}

function ours(views: Views, person: string) {
  return views.rows(
    reader,
    `select p.email, a.language
       from accounts a
       join persons p on p.person = a.person and p.email is not null
      where a.person = $1 and a.state = 'active'`,
    [person],
  )
}

async function namesOf(
  views: Views,
  persons: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await views.rows(
    z.object({ person: z.string(), name: z.string() }),
    'select person, name from persons where person = any($1) and name is not null',
    [persons],
  )
  return new Map(rows.map(({ person, name }) => [person, name]))
}

export async function organisationName(
  views: Views,
): Promise<{ readonly ja: string; readonly en: string }> {
  const [row] = await views.rows(
    z.object({ ja: z.string(), en: z.string() }),
    'select name_ja as ja, name_en as en from organisation',
  )
  return row ?? { ja: 'Arinomama', en: 'Arinomama' }
}
