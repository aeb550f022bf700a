import { may, type Role } from '../../domain/access/permission.ts'
import { isRefused, refuse, type Refused, type Text } from '../../domain/decider.ts'
import { documentBytes, type PolicyDocument } from '../../domain/policies/document.ts'
import type { PoliciesCommand, PoliciesRefusal, Policy } from '../../domain/policies/policies.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import type { Blobs, Views } from '../ports.ts'
import type { ActHandler } from '../signed-act.ts'
import { policiesActs } from './acts.ts'
import { policyDetails, policyList, policyOne, versionsOf } from './reads.ts'
import type { PolicyRow, VersionRow } from './reads.ts'
import { policiesRoom } from './room.ts'
import type { PolicyStarter } from './starters.ts'

/** Who looks: what they may see depends on their role. */
type Reader = { readonly person: string; readonly role: Role }

type Version = Omit<VersionRow, 'approver' | 'approvedAt' | 'approvalSeq' | 'title'> & {
  readonly approval: { by: VersionRow['author']; at: string; seq: number } | null
}
type Whole = PolicyRow & Awaited<ReturnType<typeof policyDetails>> & { versions: Version[] }

type Draft = {
  readonly policy: string
  readonly title: Text
  readonly text: Text
  readonly ownerRole: PolicyDocument['ownerRole']
  readonly audience: PolicyDocument['audience']
  readonly reviewMonths: number
  readonly change: string
  readonly after: number
}

export type PoliciesCases = {
  readonly list: (
    reader: Reader,
    asOf?: string,
  ) => Promise<{
    policies: PolicyRow[]
    starters: { id: string; title: Text; summary: Text }[]
  }>
  readonly get: (policy: string, reader: Reader, asOf?: string) => Promise<Whole | Refused>
  /** Takes starters as drafts; those that are kept already are left as they are. */
  readonly adopt: (policies: readonly string[], by: string) => Promise<Handled | Refused>
  readonly draft: (draft: Draft, by: string) => Promise<(Handled & { version: number }) | Refused>
  readonly withdraw: (policy: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly acts: readonly ActHandler[]
}

/** Written into the entry of a starter; what the author of a draft says stands in its place later. */
const adoption = 'Adopted from the starter set. / ひな形から採用'

type Parts = {
  readonly engine: Engine
  readonly room: RoomHandle<PoliciesCommand, Policy, PoliciesRefusal>
  readonly starters: readonly PolicyStarter[]
  /** Keeps a document and gives its digest. */
  readonly kept: (document: PolicyDocument) => Promise<string>
}

/** Policies: drafted, approved by somebody else, read and signed. */
export function openPolicies(
  engine: Engine,
  needs: { readonly blobs: Blobs; readonly starters: readonly PolicyStarter[] },
): PoliciesCases {
  const room = engine.open(policiesRoom)
  const { blobs, starters } = needs
  /** The document is durable before the entry that names it. */
  const kept = (document: PolicyDocument) => blobs.put(documentBytes(document))
  return {
    async list(reader, asOf) {
      const all = await policyList(await engine.views(asOf), reader.person)
      const present = new Set(all.filter((one) => one.state !== 'withdrawn').map(({ id }) => id))
      return {
        policies: all.filter((one) => seesDrafts(reader) || one.version !== null),
        starters: starters
          .filter(({ document }) => !present.has(document.policy))
          .map(({ summary, document: { policy: id, title } }) => ({ id, title, summary })),
      }
    },
    get: async (policy, reader, asOf) => whole(await engine.views(asOf), policy, reader),
    adopt: (wanted, by) => adopt(wanted, by, { engine, room, starters, kept }),
    async draft({ change, after, ...content }, by) {
      const { policy, title } = content
      if (!isReadable([title.ja, title.en, content.text.ja, content.text.en, change])) {
        return refuse('policy-text-unreadable')
      }
      const document = await kept(content)
      const command = {
        type: 'draft',
        policy,
        document,
        title,
        change,
        origin: 'own',
        after,
      } as const
      const done = await room.handle(command, { by })
      if (isRefused(done)) return done
      return { ...done, version: done.last === null ? after : after + 1 }
    },
    withdraw: (policy, reason, by) => room.handle({ type: 'withdraw', policy, reason }, { by }),
    acts: policiesActs(engine, room),
  }
}

async function whole(views: Views, policy: string, reader: Reader): Promise<Whole | Refused> {
  const found = await policyOne(views, reader.person, policy)
  if (found === null || (found.version === null && !seesDrafts(reader))) {
    return refuse('policy-unknown', policy)
  }
  const [versions, details] = await Promise.all([
    versionsOf(views, policy),
    policyDetails(views, policy),
  ])
  return {
    ...found,
    ...details,
    versions: versions
      .map(versionOf)
      .filter(({ approval }) => approval !== null || seesDrafts(reader)),
    readers: details.readers.filter(
      ({ person }) => may(reader.role, 'people.read') || person.id === reader.person,
    ),
  }
}

async function adopt(wanted: readonly string[], by: string, parts: Parts) {
  const { engine, room, starters, kept } = parts
  const present = new Map((await policyList(await engine.views(), by)).map((one) => [one.id, one]))
  const asks = []
  for (const policy of new Set(wanted)) {
    const starter = starters.find(({ document }) => document.policy === policy)
    if (starter === undefined) return refuse('starter-unknown', policy)
    const known = present.get(policy)
    if (known !== undefined && known.state !== 'withdrawn') continue
    const { title } = starter.document
    const document = await kept(starter.document)
    const draft = { document, title, change: adoption, origin: 'starter' } as const
    asks.push(room.ask({ type: 'draft', policy, ...draft, after: known?.newest ?? 0 }))
  }
  return asks.length === 0 ? { first: null, last: null } : engine.transact(asks, { by })
}

/** Whoever only follows policies sees what was approved. */
function seesDrafts({ role }: Reader): boolean {
  return may(role, 'organisation.read')
}

function versionOf(row: VersionRow): Version {
  const { approver, approvedAt, approvalSeq, title: _, ...rest } = row
  const isApproved = approver !== null && approvedAt !== null && approvalSeq !== null
  return {
    ...rest,
    approval: isApproved ? { by: approver, at: approvedAt, seq: approvalSeq } : null,
  }
}

/** Control characters have no place in a text, and a lone surrogate has no bytes. */
function isReadable(texts: readonly string[]): boolean {
  return texts.every((one) => one.isWellFormed() && !/[^\P{Cc}\t\r\n]/u.test(one))
}
