import type { JudgedControl, Occurrence } from '../app/judging/judged.ts'
import { storyDays } from './calendar.ts'
import { numbers, sign } from './cast.ts'
import { answerTo } from './answers.ts'
import { chance, must, type Deed, type Stage } from './stage.ts'

const { president, securityLead, securityStaff } = numbers

/** Controls, their owners, evidence and its inspection, judgements, exceptions and answers. */
export function controllingDeeds(): Deed[] {
  const judged = judgingDays()
  const bringing = Array.from({ length: 58 }, (_, at) => 12 + at * 7)
  const answering = Array.from({ length: 58 }, (_, at) => 15 + at * 7)
  return [
    { day: 5, time: '13:00', run: (at) => adopt(at, 0.6) },
    { day: 19, time: '13:00', run: (at) => adopt(at, 1) },
    { day: 5, time: '15:00', run: assignOwners },
    { day: 19, time: '15:00', run: assignOwners },
    { day: 60, time: '11:00', run: shape },
    { day: 70, time: '11:30', run: exclude },
    ...bringing.map((day) => ({ day, time: '16:00', run: bring })),
    ...bringing.map((day) => ({ day: day + 3, time: '11:00', run: inspect })),
    ...judged.map((day) => ({ day, time: '06:00', run: judge })),
    ...answering.map((day) => ({ day, time: '13:20', run: answer })),
    { day: 331, time: '17:00', run: accept },
  ]
}

/** Weekly at first, daily in the last two months. */
function judgingDays(): number[] {
  const daily = 60
  return Array.from({ length: storyDays + 1 }, (_, day) => day).filter(
    (day) => day > 6 && (day % 7 === 0 || day > storyDays - daily),
  )
}

async function adopt({ controls, cast }: Stage, share: number): Promise<void> {
  const library = await controls.library()
  const wanted = library
    .filter(({ id, inScope, adopted }) => inScope && !adopted && chance(id, 'adopt') <= share)
    .map(({ id }) => id)
  if (wanted.length > 0) must(await controls.adopt(wanted, cast.id(securityStaff)))
}

const owners: Readonly<Record<string, string>> = {
  'security-lead': numbers.securityLead,
  executive: numbers.director,
  hr: numbers.hr,
  it: numbers.it,
  operations: numbers.operations,
  development: numbers.development,
  'service-manager': numbers.service,
  legal: numbers.legal,
  'privacy-officer': numbers.legal,
}

/** A few are left without an owner, and it shows. */
async function assignOwners({ controls, cast }: Stage): Promise<void> {
  for (const { id, ownerRole, state, owner: known } of await controls.list()) {
    if (state !== 'adopted' || known !== null || chance(id, 'owner') > 0.97) continue
    const owner = owners[ownerRole] ?? securityLead
    must(await controls.assignOwner(id, cast.id(owner), cast.id(securityStaff)))
  }
}

/** One control is the company's own, one of the library is not done here. */
async function shape({ controls, cast }: Stage): Promise<void> {
  const by = cast.id(securityLead)
  must(
    await controls.add(
      {
        id: 'HK-01',
        title: { ja: '顧客環境への二人一組の作業', en: 'Work in pairs in customers’ environments' },
        statement: {
          ja: '運用担当は、顧客の本番環境での作業を必ず二人一組で行い、一人が操作し、もう一人が手順書と照らして確認する。',
          en: 'Operators work in customers’ production in pairs: one operates, the other checks each step against the runbook.',
        },
        ownerRole: 'operations',
        cadence: 'quarterly',
        evidence: true,
        checks: [],
        criteria: ['CC6.1', 'CC8.1'],
      },
      by,
    ),
  )
  must(await controls.assignOwner('HK-01', cast.id(numbers.operations), by))
}

async function exclude(stage: Stage): Promise<void> {
  await sign(stage, securityLead, 'security-lead', {
    act: 'exclude-criterion',
    criterion: 'CC6.4',
    reason:
      '自社で設備を保有しておらず、物理的なアクセスはデータセンター事業者とクラウド事業者が管理している。両社の保証報告書を毎年確認する。',
  })
}

const graceDays = 10

/** Owners bring the document of each turn that is nearly over; some turns are missed. */
async function bring(stage: Stage): Promise<void> {
  const { judging, engine } = stage
  const judged = await judging.judge(await engine.views())
  for (const control of judged.controls) {
    if (control.state !== 'adopted' || control.owner === null) continue
    const open = control.occurrences.filter(
      (turn) => turn.state === 'due' || (turn.state === 'missed' && !turn.over),
    )
    for (const turn of open) {
      const daysLeft = (Date.parse(turn.to) - Date.parse(judged.day)) / 86_400_000
      if (daysLeft > graceDays || chance(control.id, turn.from, 'missed') > 0.94) continue
      await upload(stage, control, turn, judged.day)
    }
  }
}

async function upload(
  { evidence }: Stage,
  control: JudgedControl,
  turn: Occurrence,
  today: string,
): Promise<void> {
  const { id, title, owner, statement } = control
  if (owner === null) return
  const text = [
    `統制 ${id} ${title.ja} 実施記録`,
    `対象期間: ${turn.from} から ${turn.to}`,
    `作成日: ${today}`,
    '',
    statement.ja,
    '',
    `確認した件数: ${3 + Math.floor(chance(id, turn.from) * 40)}件`,
    '相違: なし',
    '',
    '(デモ用に作成した架空の記録です。)',
    '',
  ].join('\n')
  must(
    await evidence.upload(
      {
        title: `${title.ja} 実施記録 ${turn.from.slice(0, 7)}`,
        fileName: `${id}-${turn.from}.txt`,
        controls: [id],
        from: turn.from,
        to: turn.to <= today ? turn.to : today,
        bytes: new TextEncoder().encode(text),
      },
      owner.id,
    ),
  )
}

/** Somebody else inspects what was brought; now and then it is sent back. */
async function inspect(stage: Stage): Promise<void> {
  const { evidence, cast } = stage
  for (const { id, by, state } of await evidence.list({})) {
    if (state !== 'awaiting-inspection' || chance(id, 'waits') > 0.98) continue
    const own = by.id === cast.id(securityLead)
    const number = own ? securityStaff : securityLead
    const isRejected = chance(id, 'rejected') > 0.97
    await sign(stage, number, 'security-lead', {
      act: 'inspect-evidence',
      evidence: id,
      conclusion: isRejected ? 'rejected' : 'accepted',
      note: isRejected
        ? '対象期間の末日までの記録が含まれていないため差し戻す。'
        : '対象期間、件数、実施者を原本と照合した。',
    })
  }
}

async function judge({ judging }: Stage): Promise<void> {
  must(await judging.run('system:judge'))
}

/** In one sitting the oldest are answered; the rest wait for the next. */
const answersAtOnce = 40

/** Owners answer what is open, sooner or later. */
async function answer({ exceptions, cast, calendar, engine }: Stage): Promise<void> {
  const today = engine.now().slice(0, 10)
  const open = await exceptions.list({ state: 'open' })
  const late = open.filter(({ id, ageDays }) => chance(id, 'late') * 16 <= ageDays)
  for (const { id, check } of late.slice(-answersAtOnce)) {
    const { cause, plan, days, owner } = answerTo(check, chance(id, 'answer'))
    const due = calendar.after(today, days)
    const given = { cause, plan, owner: cast.id(owner), due }
    must(await exceptions.answer(id, given, cast.id(owner)))
  }
}

/** The build server needs sudo without a password until it is replaced: accepted for half a year. */
async function accept(stage: Stage): Promise<void> {
  const found = await stage.exceptions.list({ check: 'host-sudo-without-password' })
  const standing = found.find(({ state }) => state === 'answered' || state === 'open')
  if (standing === undefined) return
  await sign(stage, president, 'administrator', {
    act: 'accept-exception',
    exception: standing.id,
    until: stage.calendar.date(storyDays + 60),
    reason:
      'ビルド基盤を新しい方式へ移すまでの間に限り受容する。操作は監査ログで毎週確認し、移行は予算化済みである。',
  })
}
