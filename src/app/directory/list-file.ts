import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import type { Account, Flag, Group } from '../../domain/directory/facts.ts'
import type { Column } from '../import/columns.ts'
import { readDay } from '../import/import-day.ts'
import { tableProblems } from '../import/refusals.ts'
import { readTable, type Table, type TableRow } from '../import/table.ts'
import type { Shown } from './connector.ts'

type Field =
  | 'login'
  | 'id'
  | 'name'
  | 'email'
  | 'employeeNumber'
  | 'state'
  | 'kind'
  | 'created'
  | 'lastUsed'
  | 'mfa'
  | 'groups'

const column = (field: Field, ja: string, en: string, aliases: string): Column<Field> => ({
  field,
  title: { ja, en },
  aliases: aliases.split(' '),
  required: field === 'login',
})

/** Columns as services export them: GitHub, Slack, Google Workspace, Entra, AWS and the like. */
const listColumns: readonly Column<Field>[] = [
  column(
    'login',
    'アカウント',
    'Account',
    'ログイン ログイン名 ログインid ユーザー名 ユーザ名 ユーザーid アカウント名 login username user userprincipalname loginname handle',
  ),
  column('id', '識別子', 'Id', '内部id オブジェクトid objectid externalid accountid memberid'),
  column('name', '氏名', 'Name', '名前 表示名 displayname fullname realname'),
  column(
    'email',
    'メールアドレス',
    'Email',
    'メール eメール mail emailaddress primaryemail useremail emailaddressrequired',
  ),
  column('employeeNumber', '社員番号', 'Employee number', '従業員番号 employeeid employeeno'),
  column(
    'state',
    '状態',
    'State',
    'ステータス 有効 アカウント状態 status enabled active accountenabled',
  ),
  column('kind', '種別', 'Kind', 'アカウント種別 type accounttype usertype'),
  column('created', '作成日', 'Created', '作成日時 登録日 createdat creationtime createddatetime'),
  column(
    'lastUsed',
    '最終利用',
    'Last used',
    '最終ログイン 最終ログイン日時 最終利用日 lastlogin lastsignin lastactive lastactivity passwordlastused lastsignindatetime lastlogintime',
  ),
  column(
    'mfa',
    '多要素認証',
    'MFA',
    '二要素認証 二段階認証 mfaenabled mfaactive has2fa 2fa 2svenrolled twofactorenabled twofactor',
  ),
  column('groups', '役割', 'Roles', 'グループ 権限 ロール role group groups roles'),
]

const yes = /^(true|yes|y|1|on|有効|はい|○|active|enabled|member|利用中|使用中)$/i
const no =
  /^(false|no|n|0|off|無効|いいえ|×|inactive|disabled|suspended|deactivated|deleted|停止|停止中)$/i
const service = /^(bot|service|app|machine|サービス|システム|ボット)/i
const powerful = /admin|owner|root|管理|所有/i

export type ListFile = {
  readonly shown: Shown
  readonly read: readonly string[]
  readonly ignored: readonly string[]
}

/** Reads an export of a service's accounts; refuses it with everything that is wrong. */
export function readList(bytes: Uint8Array): ListFile | Refused {
  const table = readTable(bytes, listColumns)
  if (isRefused(table)) return table
  if (table.rows.length === 0 && table.problems.none) return refuse('list-empty')
  const accounts = table.rows.map((row) => accountOf(row, table))
  if (!table.problems.none) return table.problems.refusal()
  const seen = new Set<string>()
  for (const { id, login } of accounts) {
    if (seen.has(id)) return refuse('list-account-twice', login)
    seen.add(id)
  }
  return {
    shown: {
      reading: 'full',
      accounts,
      groups: groupsOf(table, accounts),
      policies: [],
      deleted: [],
      cursor: null,
    },
    read: table.columns.read.map(({ header }) => header),
    ignored: table.columns.ignored,
  }
}

function accountOf(row: TableRow<Field>, table: Table<Field>): Account {
  const { cells } = row
  const login = cells.login ?? ''
  if (login === '') report(table, row, 'login', 'cell-empty')
  const kind = cells.kind ?? ''
  const mfa = truth(cells.mfa)
  const flags: Flag[] = powerful.test(cells.groups ?? '') ? ['administrator'] : []
  const lastUsedAt = instantOf(row, 'lastUsed', table)
  return {
    id: cells.id ?? login.toLowerCase(),
    sid: null,
    login,
    name: cells.name ?? null,
    email: cells.email ?? (login.includes('@') ? login : null),
    employeeNumber: cells.employeeNumber ?? null,
    kind: service.test(kind) ? 'service' : 'user',
    // What is on a list without a word about it can be used.
    enabled: table.columns.has('state') ? truth(cells.state) : true,
    createdAt: instantOf(row, 'created', table),
    expiresAt: null,
    lastUsedAt,
    neverUsed: table.columns.has('lastUsed') ? lastUsedAt === null : null,
    passwordSetAt: null,
    flags,
    mfa,
    policy: null,
    dn: null,
    primaryGroup: null,
  }
}

function groupsOf(table: Table<Field>, accounts: readonly Account[]): Group[] {
  const members = new Map<string, string[]>()
  for (const [at, row] of table.rows.entries()) {
    const id = accounts[at]?.id
    if (id === undefined) continue
    for (const written of (row.cells.groups ?? '').split(/[;、|,]/)) {
      const name = written.trim()
      if (name === '') continue
      const list = members.get(name)
      if (list === undefined) members.set(name, [id])
      else list.push(id)
    }
  }
  return [...members].map(([name, list]) => ({
    id: name.toLowerCase(),
    sid: null,
    name,
    privileged: powerful.test(name),
    dn: null,
    members: [...new Set(list)].sort(),
    foreign: 0,
  }))
}

function truth(cell: string | null | undefined): boolean | null {
  if (cell === null || cell === undefined) return null
  return yes.test(cell) ? true : no.test(cell) ? false : null
}

/** A day, or an instant as programs write it; `N/A`, `never` and `-` are none. */
function instantOf(
  row: TableRow<Field>,
  field: 'created' | 'lastUsed',
  table: Table<Field>,
): string | null {
  const cell = row.cells[field] ?? ''
  if (/^(|-|—|n\/a|no_information|none|never|なし|未使用|未利用)$/i.test(cell)) return null
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(cell)) {
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(cell) ? cell : `${cell.replace(' ', 'T')}Z`
    const at = Date.parse(zoned)
    if (!Number.isNaN(at)) return new Date(at).toISOString()
  }
  const read = readDay(cell)
  if ('day' in read) return `${read.day}T00:00:00.000Z`
  report(table, row, field, read.problem, cell)
  return null
}

function report(
  { problems, columns }: Table<Field>,
  row: TableRow<Field>,
  field: Field,
  code: 'cell-empty' | 'day-unreadable' | 'day-not-in-calendar' | 'day-out-of-range',
  value = '',
): void {
  problems.add({ row: row.row, field: columns.called(field), code }, tableProblems[code], value)
}
