import type { getSession } from '../../contract/session.ts'
import type { Output } from '../../contract/route.ts'

type Notice = Output<typeof getSession>['notices'][number]

/** The same news about one or more people. */
export type NoticeGroup = Pick<Notice, 'code' | 'message'> & {
  readonly about: readonly Notice['about'][]
  /** Whether it is about the reader, who can do something about it. */
  readonly mine: boolean
}

/** One line per kind of news, those about the reader first: forty people are not forty lines. */
export function noticeGroups(notices: readonly Notice[], me: string | null) {
  const groups = new Map<string, NoticeGroup>()
  for (const { code, message, about } of notices) {
    const mine = about.id === me
    const key = `${code} ${mine ? 'mine' : 'theirs'}`
    const known = groups.get(key)
    groups.set(key, { code, message, mine, about: [...(known?.about ?? []), about] })
  }
  return [...groups.values()].toSorted((a, b) => Number(b.mine) - Number(a.mine))
}
