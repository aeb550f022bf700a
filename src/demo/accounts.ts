import type { DirectoryConnector } from '../app/directory/connector.ts'
import type { Details } from '../domain/services/events.ts'
import { directoryOn, fictionalServices, listOf } from './account-shapes.ts'
import { calendarUntil, storyDays } from './calendar.ts'
import { numbers } from './cast.ts'
import { must, type Deed, type Stage } from './stage.ts'

const begun = 8
/** Lists are fetched by hand, once in four weeks. */
const listEvery = 28

/** The directory is read every other night, services hand in lists, and somebody says whose is what. */
export function accountDeeds(): Deed[] {
  const sources = new Map<string, string>()
  const days = Array.from({ length: storyDays - begun }, (_, at) => begun + 1 + at)
  return [
    { day: begun, time: '13:00', run: (at) => addSources(at, sources) },
    ...days
      .filter((day) => day % 2 === storyDays % 2)
      .map((day) => ({
        day,
        time: '04:00',
        run: (at: Stage) => readDirectory(at, day, sources),
      })),
    ...days
      .filter((day) => day % listEvery === begun + 1 || day === storyDays - 3)
      .map((day) => ({ day, time: '15:00', run: (at: Stage) => handIn(at, day, sources) })),
    { day: begun + 2, time: '16:00', run: (at) => decide(at, sources) },
    { day: 45, time: '11:00', run: (at) => registerServices(at, sources) },
  ]
}

async function addSources(stage: Stage, sources: Map<string, string>): Promise<void> {
  const { directory } = stage
  const by = it(stage)
  const domain = {
    kind: 'active-directory',
    host: 'dc1.hikari.example',
    port: 636,
    encryption: 'ldaps',
    baseDn: 'DC=hikari,DC=example',
    bindName: 'arinomama@hikari.example',
    password: 'a fiction needs none',
    authority: null,
    serverName: null,
  } as const
  const added = must(
    await directory.addSource({ name: '社内ディレクトリ', target: domain, everyHours: 24 }, by),
  )
  sources.set('directory', added.id)
  for (const name of fictionalServices) {
    const list = { name, target: { kind: 'list' }, everyHours: 24 } as const
    sources.set(name, must(await directory.addSource(list, by)).id)
  }
}

function it({ cast }: Stage): string {
  return cast.id(cast.isKnown(numbers.it) ? numbers.it : numbers.securityLead)
}

/** One night last winter the domain controller was being patched. */
const silentNight = 131

async function readDirectory(
  { directory, calendar }: Stage,
  day: number,
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const source = sources.get('directory') ?? ''
  const at = calendar.at(day, '04:00')
  const span = { startedAt: at, endedAt: at }
  const raw = new TextEncoder().encode(`${source} ${at}`)
  const meta = { by: 'system:observer', command: `directory.observe:${source}:${at}` }
  const code = 'directory-unreachable'
  must(
    await directory.record(
      source,
      day === silentNight
        ? { ...span, outcome: 'failed', code, detail: 'connect ECONNREFUSED' }
        : { ...span, outcome: 'observed', shown: directoryOn(day, calendar), raw },
      meta,
    ),
  )
}

async function handIn(
  stage: Stage,
  day: number,
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const { directory, calendar } = stage
  for (const name of fictionalServices) {
    const bytes = listOf(name, day, calendar)
    must(await directory.importList(sources.get(name) ?? '', bytes, false, it(stage)))
  }
}

/** What the rules cannot know: what the shared and the programs' accounts are for. */
async function decide(stage: Stage, sources: ReadonlyMap<string, string>): Promise<void> {
  const { directory, cast } = stage
  const { rows } = await directory.accounts({ source: sources.get('directory') })
  const assign = async (
    login: string,
    use: 'shared' | 'service',
    number: string,
    reason: string,
  ) => {
    const account = rows.find((row) => row.login === login)?.id ?? ''
    const person = cast.id(number)
    must(await directory.assign({ account, use, person, reason }, it(stage)))
  }
  await assign('noc-shared', 'shared', numbers.operations, '監視室の大画面用')
  await assign('svc-monitor', 'service', numbers.operations, '監視システムの実行用')
}

async function registerServices(stage: Stage, sources: ReadonlyMap<string, string>): Promise<void> {
  const { services, evidence, calendar, cast } = stage
  const text = 'SSO required for all members. Recovery codes sealed.'
  const upload = {
    title: 'GitHub 組織のSSO必須設定',
    fileName: 'github-sso.txt',
    controls: ['AC-02'],
    from: calendar.date(44),
    to: calendar.date(44),
    bytes: new TextEncoder().encode(text),
  }
  const { id: proof } = must(await evidence.upload(upload, cast.id(numbers.securityStaff)))
  const said = (name: string, changes: Partial<Details>): Details => ({
    name,
    kind: 'saas',
    url: null,
    vendor: name,
    owner: cast.id(numbers.it),
    dataClass: 'internal',
    audience: '全員',
    signOn: { state: 'optional', checkedOn: null, evidence: null },
    ownPolicy: null,
    breakGlass: [],
    sources: [sources.get(name) ?? ''],
    report: null,
    ...changes,
  })
  const proved = { state: 'enforced', checkedOn: calendar.date(44), evidence: proof } as const
  const all = [
    said('GitHub', {
      dataClass: 'confidential',
      audience: '開発・運用・情報システム',
      owner: cast.id(numbers.development),
      signOn: proved,
      report: { kind: 'soc2-type2', expires: calendar.date(storyDays + 120), evidence: proof },
    }),
    said('AWS', {
      kind: 'cloud',
      vendor: 'Amazon Web Services',
      dataClass: 'customer',
      audience: '運用・情報システム',
      owner: cast.id(numbers.operations),
      signOn: { ...proved, evidence: null },
      breakGlass: ['root'],
      report: { kind: 'soc2-type2', expires: calendar.date(storyDays - 20), evidence: null },
    }),
    said('Slack', { vendor: 'Slack Technologies', dataClass: 'confidential' }),
  ]
  for (const one of all) must(await services.register(one, cast.id(numbers.it)))
}

/** Answers for the directory of the story, so that the demonstration never looks for a real one. */
export function fictionalDirectory(): DirectoryConnector {
  return {
    observe: (_, { now }) => {
      const at = now().toISOString()
      const shown = directoryOn(storyDays, calendarUntil(now()))
      const raw = new TextEncoder().encode(`fiction ${at}`)
      return Promise.resolve({ outcome: 'observed', startedAt: at, endedAt: at, shown, raw })
    },
  }
}
