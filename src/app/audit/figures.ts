import { z } from 'zod'
import type { Status } from '../../domain/check.ts'
import type { Text } from '../../domain/decider.ts'
import { categories, type Category } from '../../domain/organisation/events.ts'
import type { Judged } from '../judging/judged.ts'
import type { Views } from '../ports.ts'

/** Live values that texts may name: `{{people.count}}`. The same prefix gives the same values. */
export type Figures = Readonly<Record<FigureName, string | number>> & {
  /** `YYYY-MM-DD`; texts print it as their language writes days. */
  readonly 'report.date': string
}

/** What each figure is; whoever writes the description chooses from this list. */
export const figureTexts = {
  'report.date': { ja: '基準日', en: 'The day of the report' },
  'organisation.name.ja': { ja: '会社名（日本語）', en: 'Name of the organisation in Japanese' },
  'organisation.name.en': { ja: '会社名（英語）', en: 'Name of the organisation in English' },
  'scope.categories.ja': {
    ja: '対象のカテゴリー（日本語）',
    en: 'Categories in scope, in Japanese',
  },
  'scope.categories.en': { ja: '対象のカテゴリー（英語）', en: 'Categories in scope, in English' },
  'people.count': { ja: '在籍者の数', en: 'People employed' },
  'people.joined': { ja: '直近12か月の入社', en: 'People who joined in the last 12 months' },
  'people.left': { ja: '直近12か月の退社', en: 'People who left in the last 12 months' },
  'accounts.count': { ja: '有効なアカウントの数', en: 'Active accounts here' },
  'accounts.administrators': { ja: '管理者の数', en: 'Administrators here' },
  'hosts.count': { ja: '観測しているサーバーの数', en: 'Hosts under observation' },
  'sources.count': { ja: '観測の情報源の数', en: 'Sources of observations' },
  'policies.count': { ja: '有効な規程の数', en: 'Policies in force' },
  'courses.count': { ja: '実施中の研修の数', en: 'Courses on offer' },
  'evidence.count': { ja: '登録された証拠の数', en: 'Documents kept as evidence' },
  'evidence.accepted': { ja: '適切と結論された証拠の数', en: 'Documents accepted as evidence' },
  'controls.count': { ja: '採用している統制の数', en: 'Controls in place' },
  'controls.met': { ja: '充足している統制の数', en: 'Controls that are met' },
  'controls.not-met': { ja: '不充足の統制の数', en: 'Controls that are not met' },
  'controls.not-proven': { ja: '未証明の統制の数', en: 'Controls that are not proven' },
  'checks.count': { ja: '検査の数', en: 'Checks' },
  'criteria.count': { ja: '対象とする規準の数', en: 'Criteria in scope that apply' },
  'criteria.met': { ja: '充足している規準の数', en: 'Criteria that are met' },
  'criteria.not-met': { ja: '不充足の規準の数', en: 'Criteria that are not met' },
  'criteria.not-proven': { ja: '未証明の規準の数', en: 'Criteria that are not proven' },
  'criteria.not-applicable': { ja: '対象外とした規準の数', en: 'Criteria decided not to apply' },
  'exceptions.standing': { ja: '残っている例外の数', en: 'Exceptions that stand' },
  'exceptions.accepted': { ja: '受容している例外の数', en: 'Exceptions accepted by signature' },
} as const satisfies Record<string, Text>
type FigureName = keyof typeof figureTexts

const categoryNames: Readonly<Record<Category, Text>> = {
  security: { ja: 'セキュリティ', en: 'security' },
  availability: { ja: '可用性', en: 'availability' },
  confidentiality: { ja: '機密保持', en: 'confidentiality' },
  'processing-integrity': { ja: '処理のインテグリティ', en: 'processing integrity' },
  privacy: { ja: 'プライバシー', en: 'privacy' },
}

const number = z.number()
const counted = z.object({
  nameJa: z.string(),
  nameEn: z.string(),
  categories: z.array(z.enum(categories)),
  people: number,
  joined: number,
  left: number,
  accounts: number,
  administrators: number,
  hosts: number,
  sources: number,
  policies: number,
  courses: number,
  evidence: number,
  accepted: number,
})

const counts = `
  select o.name_ja as "nameJa", o.name_en as "nameEn", o.categories,
         (select count(*) from people
           where start_date <= as_of_day() and coalesce(end_date >= as_of_day(), true)) as people,
         (select count(*) from people
           where start_date > as_of_day() - interval '12 months'
             and start_date <= as_of_day()) as joined,
         (select count(*) from people
           where end_date > as_of_day() - interval '12 months'
             and end_date < as_of_day()) as "left",
         (select count(*) from accounts where state = 'active') as accounts,
         (select count(*) from accounts
           where state = 'active' and role = 'administrator') as administrators,
         (select count(*) from hosts where state <> 'retired') as hosts,
         (select count(*) from sources where state <> 'removed') as sources,
         (select count(*) from policies where version is not null and not withdrawn) as policies,
         (select count(*) from courses where state = 'offered') as courses,
         (select count(*) from evidence) as evidence,
         (select count(*) from evidence where state = 'accepted') as accepted
    from organisation o`

/** Every figure at the moment that was judged; null before the organisation is set up. */
export async function figuresOf(views: Views, judged: Judged): Promise<Figures | null> {
  const [row] = await views.rows(counted, counts)
  if (row === undefined) return null
  const scope = (language: 'ja' | 'en') => row.categories.map((id) => categoryNames[id][language])
  const criteria = tally(judged.criteria.filter(({ inScope }) => inScope))
  const adopted = judged.controls.filter(({ state }) => state === 'adopted')
  const controls = tally(adopted)
  const standing = judged.exceptions.filter(({ state }) => state !== 'fixed')
  return {
    'report.date': judged.day,
    'organisation.name.ja': row.nameJa,
    'organisation.name.en': row.nameEn,
    'scope.categories.ja': scope('ja').join('、'),
    'scope.categories.en': scope('en').join(', '),
    'people.count': row.people,
    'people.joined': row.joined,
    'people.left': row.left,
    'accounts.count': row.accounts,
    'accounts.administrators': row.administrators,
    'hosts.count': row.hosts,
    'sources.count': row.sources,
    'policies.count': row.policies,
    'courses.count': row.courses,
    'evidence.count': row.evidence,
    'evidence.accepted': row.accepted,
    'controls.count': adopted.length,
    'controls.met': controls.met,
    'controls.not-met': controls['not-met'],
    'controls.not-proven': controls['not-proven'],
    'checks.count': judged.checks.length,
    'criteria.count': criteria.met + criteria['not-met'] + criteria['not-proven'],
    'criteria.met': criteria.met,
    'criteria.not-met': criteria['not-met'],
    'criteria.not-proven': criteria['not-proven'],
    'criteria.not-applicable': criteria['not-applicable'],
    'exceptions.standing': standing.length,
    'exceptions.accepted': standing.filter(({ state }) => state === 'accepted').length,
  }
}

function tally(judged: readonly { readonly status: Status }[]): Record<Status, number> {
  const of = (status: Status) => judged.filter((one) => one.status === status).length
  return {
    met: of('met'),
    'not-met': of('not-met'),
    'not-proven': of('not-proven'),
    'not-applicable': of('not-applicable'),
  }
}
