import { z } from 'zod'
import type { search } from '../../contract/evidence.ts'
import type { Output } from '../../contract/route.ts'
import { may, type Role } from '../../domain/access/permission.ts'
import type { Check } from '../../domain/check.ts'
import type { Catalogue } from '../../domain/criteria/catalogue.ts'
import type { Engine } from '../engine/engine.ts'
import type { Views } from '../ports.ts'
import { sources, type Source } from './sources.ts'

type Found = Output<typeof search>[number]

export type SearchCases = {
  /** What fits all of the words, of the things that this role may read; the nearest first. */
  readonly find: (text: string, role: Role, asOf?: string) => Promise<Found[]>
}

const foundMax = 40
const foundPerKindMax = 12
const wordsMax = 8

/** Search everywhere: words in any order, in either language, in part. */
export function openSearch(
  engine: Engine,
  needs: { readonly catalogue: Catalogue; readonly checks: readonly Check[] },
): SearchCases {
  const known = [...criteriaOf(needs.catalogue), ...checksOf(needs.checks)]
  return {
    async find(text, role, asOf) {
      const words = wordsOf(text)
      if (words.length === 0) return []
      const views = await engine.views(asOf)
      const readable = sources.filter(({ permission }) => may(role, permission))
      const inViews = await Promise.all(readable.map((source) => findIn(views, source, words)))
      const inContent = may(role, 'criteria.read')
        ? known.filter((one) => words.every((word) => one.words.includes(word)))
        : []
      const all = [
        ...entryNamed(words, role, views.size),
        ...inContent.map(({ kind, id, title, detail }) => ({ kind, id, title, detail })),
        ...inViews.flat(),
      ]
      return nearest(all, words).slice(0, foundMax)
    },
  }
}

const row = z.object({ id: z.string(), ja: z.string(), en: z.string(), detail: z.string() })

async function findIn(
  views: Views,
  { kind, query }: Source,
  words: readonly string[],
): Promise<Found[]> {
  const rows = await views.rows(
    row,
    `select id, ja, en, detail from (${query}) as found
      where not exists (select from unnest($1::text[]) as word where strpos(words, word) = 0)
      order by strpos(words, $2), id
      limit ${foundPerKindMax}`,
    [words, words[0] ?? ''],
  )
  return rows.map(({ id, ja, en, detail }) => ({ kind, id, title: { ja, en }, detail }))
}

/** Full-width and half-width, capital and small letters do not matter. */
function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, wordsMax)
}

type Known = Found & { readonly words: string }

function criteriaOf({ criteria }: Catalogue): Known[] {
  return criteria.map(({ id, title, guidance }) => ({
    kind: 'criterion',
    id,
    title,
    detail: id,
    words: [id, title.ja, title.en, guidance.ja, guidance.en].join(' ').toLowerCase(),
  }))
}

function checksOf(checks: readonly Check[]): Known[] {
  return checks.map(({ id, title, rule }) => ({
    kind: 'check',
    id,
    title,
    detail: id,
    words: [id, title.ja, title.en, rule.ja, rule.en].join(' ').toLowerCase(),
  }))
}

/** A number alone, or `#42`, names an entry of the ledger. */
function entryNamed(words: readonly string[], role: Role, size: number): Found[] {
  const number = /^#?(\d{1,12})$/.exec(words.join(' '))?.[1]
  if (number === undefined || Number(number) >= size || !may(role, 'ledger.read')) return []
  const id = Number(number).toString()
  return [{ kind: 'entry', id, title: { ja: `記録 ${id}`, en: `Entry ${id}` }, detail: '' }]
}

/** By how the title or id begins, then by where the first word stands in the title. */
function nearest(found: readonly Found[], words: readonly string[]): Found[] {
  const [first = ''] = words
  const distance = ({ id, title }: Found) => {
    if (id.toLowerCase() === first) return -2
    const places = [id, title.ja, title.en].map((text) => text.toLowerCase().indexOf(first))
    const near = places.filter((place) => place >= 0)
    return near.length === 0 ? 1_000 : Math.min(...near)
  }
  return found.toSorted((a, b) => distance(a) - distance(b))
}
