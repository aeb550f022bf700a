import { z } from 'zod'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { linkAccounts, type Candidate, type Holder } from '../../domain/directory/linking.ts'
import { isRefused } from '../../domain/decider.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import type { DirectoryHandle } from './room.ts'

const candidate = z.object({
  account: z.string(),
  source: z.string(),
  login: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  isLinked: z.boolean(),
  isRecreated: z.boolean(),
})

const holder = z.object({
  person: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  employeeNumber: z.string().nullable(),
})

/** Every account of a person's kind, the linked ones too: two with one number are unclear. */
const candidates = `
  select a.account, a.source, a.login, a.name, a.email, a.employee_number as "employeeNumber",
         l.account is not null as "isLinked",
         g.login is not null as "isRecreated"
    from directory_accounts a
    join directory_sources s on s.source = a.source and s.state = 'active'
    left join directory_links l on l.account = a.account
    left join (select distinct source, lower(login) as login
                 from directory_accounts where state = 'gone') g
           on g.source = a.source and g.login = lower(a.login)
   where a.state <> 'gone' and a.kind = 'user' and ($1::text is null or a.source = $1)`

const holders = `
  select q.person, q.name, q.email, p.employee_number as "employeeNumber"
    from persons q left join people p on p.person = q.person
   where not q.erased`

/**
 * Links accounts to persons where the rules leave no doubt, and records that, one entry per source.
 * What is unclear stays for somebody to decide. Saying it again changes nothing. `only` is one
 * source: no rule looks beyond it.
 */
export async function linkAll(
  needs: {
    readonly engine: Engine
    readonly room: DirectoryHandle
    readonly blobs: Blobs
  },
  only: string | null,
): Promise<number> {
  const views = await needs.engine.views()
  const [accounts, persons] = await Promise.all([candidatesOf(views, only), holdersOf(views)])
  let linked = 0
  for (const [source, links] of linkAccounts(accounts, persons)) {
    const bytes = new TextEncoder().encode(canonicalJson(links))
    const linksSha256 = await needs.blobs.put(bytes)
    const done: Handled | { readonly refused: string } = await needs.room.handle(
      { type: 'link-accounts', source, linksSha256, count: links.length },
      { by: 'system:linker', command: `directory.link:${source}:${linksSha256}` },
    )
    if (!isRefused(done)) linked += links.length
  }
  return linked
}

function candidatesOf(views: Views, only: string | null): Promise<Candidate[]> {
  return views.rows(candidate, candidates, [only])
}

/** Changes whenever something did that the rules look at. */
export async function linkingMark(engine: Engine): Promise<string> {
  const views = await engine.views()
  const [row] = await views.rows(
    z.object({ mark: z.string() }),
    `select concat((select max(seq) from people), ' ', (select max(seq) from directory_accounts),
                   ' ', (select count(*) from persons)) as mark`,
  )
  return row?.mark ?? ''
}

function holdersOf(views: Views): Promise<Holder[]> {
  return views.rows(holder, holders)
}
