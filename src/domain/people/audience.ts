/** Whom a course or a policy is meant for. */
export const audiences = ['everyone', 'operations', 'development'] as const
export type Audience = (typeof audiences)[number]

/** Groups that a person can belong to, beside everyone; kept in this order. */
export const groups = ['operations', 'development'] as const
export type Group = (typeof groups)[number]

/** Words of departments and titles by which people are put into groups when the list says nothing. */
const words: Readonly<Record<Group, RegExp>> = {
  operations:
    /運用|監視|保守|オペレ|インフラ|基盤|テクニカルサポート|技術サポート|noc|soc|sre|\bops\b|operat|infrastructure|platform|technical support|service desk|サービスデスク|monitoring/i,
  development:
    /開発|エンジニアリング|プログラマ|devops|develop|engineering|software|r&d|programmer/i,
}

/** What a list may write to put a person into groups itself. */
const written: Readonly<Record<Group, readonly string[]>> = {
  operations: ['operations', 'operation', 'ops', '運用', '本番運用', '運用担当'],
  development: ['development', 'dev', '開発', '開発担当'],
}
const nobody = ['', '-', 'none', 'なし', '無し', '全員', 'everyone', '一般']

export function groupsByWords(department: string | null, title: string | null): Group[] {
  const text = `${department ?? ''} ${title ?? ''}`.normalize('NFKC')
  return groups.filter((group) => words[group].test(text))
}

/** Groups as a list writes them (`運用、開発`); null when a word is none of ours. */
export function groupsAsWritten(cell: string): Group[] | null {
  const parts = cell
    .normalize('NFKC')
    .toLowerCase()
    .split(/[,;、・/|\s]+/)
    .filter((part) => !nobody.includes(part))
  const known = parts.every((part) => groups.some((group) => written[group].includes(part)))
  if (!known) return null
  return groups.filter((group) => parts.some((part) => written[group].includes(part)))
}
