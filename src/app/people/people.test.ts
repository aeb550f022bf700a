import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { isRefused } from '../../domain/decider.ts'
import { expectRebuildEqual, rowsOf } from '../testing.ts'
import { admin, bytesOf, importList, list, openPractice } from './testing.ts'

const boss = '1,佐藤 一,sato@example.jp,経営,社長,,2015-04-01,'
const hanako = '2,髙橋 花子,hanako@example.jp,運用部,担当,1,2020-04-01,'
const taro = '3,鈴木 太郎,taro@example.jp,開発部,主任,1,2021-04-01,'

const roster = `
  select q.name, p.department, p.title, m.name as manager, p.groups, p.start_date, p.end_date,
         p.is_named
    from people p join persons q on q.person = p.person
    left join persons m on m.person = p.manager
   order by p.employee_number`

test('a roster is previewed without a trace, confirmed by its digest, and recorded whole', async () => {
  const { engine, people } = await openPractice()
  const file = list(boss, hanako, taro)
  const preview = await people.preview(file)
  if (isRefused(preview)) throw new Error(preview.refused)
  expect(preview).toMatchObject({
    rows: 3,
    encoding: 'utf-8',
    unchanged: 0,
    counts: { joiner: 3, mover: 0, leaver: 0, returner: 0, correction: 0, unlisted: 0 },
  })
  expect(preview.changes[1]).toMatchObject({ row: 3, person: null, name: '髙橋 花子' })
  expect(preview.changes[1]?.fields).toContainEqual({ field: 'manager', from: null, to: '1' })
  expect(await rowsOf(engine, 'select * from people')).toEqual([])

  const done = await people.confirm(preview.digest, file, admin)
  expect(done).toEqual({ seq: 4, recorded: 3 })
  expect(await rowsOf(engine, roster)).toMatchObject([
    { name: '佐藤 一', manager: null, groups: [] },
    { name: '髙橋 花子', manager: '佐藤 一', groups: ['operations'] },
    { name: '鈴木 太郎', manager: '佐藤 一', groups: ['development'] },
  ])
  expect(await people.list({})).toMatchObject({ importedAt: '2026-04-01T00:00:00.000Z' })
  await expectRebuildEqual(engine)
})

test('a list imported again shows movers, leavers, returners and the vanished, and only those', async () => {
  const { engine, people, clock } = await openPractice()
  await importList(
    { people },
    list(boss, hanako, taro, '4,前 任,mae@example.jp,運用部,,1,2018-04-01,2024-03-31'),
  )
  clock.advance({ days: 7 })
  const next = list(
    boss,
    hanako.replace('運用部', '開発部'),
    taro.replace('2021-04-01,', '2021-04-01,2026-04-30'),
    '4,前 任,mae@example.jp,運用部,,1,2026-04-08,',
  )
  const { preview } = await importList({ people }, next)
  expect(preview.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'mover 髙橋 花子',
    'leaver 鈴木 太郎',
    'returner 前 任',
  ])
  expect(preview.unchanged).toBe(1)
  clock.advance({ days: 7 })
  const short = await importList(
    { people },
    list(
      boss,
      taro.replace('2021-04-01,', '2021-04-01,2026-04-30'),
      '4,前 任,mae@example.jp,運用部,,1,2026-04-08,',
    ),
  )
  expect(short.preview.changes).toMatchObject([
    { kind: 'unlisted', row: null, fields: [{ field: 'listed', from: 'yes', to: 'no' }] },
  ])
  expect(await rowsOf(engine, roster)).toMatchObject([
    { name: '佐藤 一', is_named: true },
    { name: '髙橋 花子', department: '開発部', end_date: null, is_named: false },
    { name: '鈴木 太郎', end_date: '2026-04-30', is_named: true },
    { name: '前 任', start_date: '2026-04-08', end_date: null },
  ])
  const types = await rowsOf(engine, 'select type from entries where seq > 5 order by seq')
  expect(types.map(({ type }) => type)).toEqual([
    'people.imported.v1',
    'people.changed.v1',
    'people.left.v1',
    'people.returned.v1',
    'people.imported.v1',
    'people.unlisted.v1',
  ])
  await expectRebuildEqual(engine)
})

test('an unchanged list is recorded too: that somebody looked is the evidence', async () => {
  const { engine, people } = await openPractice()
  await importList({ people }, list(boss))
  const { done } = await importList({ people }, list(boss))
  expect(done.recorded).toBe(0)
  expect(await rowsOf(engine, 'select rows, unchanged, joiners from roster_imports')).toEqual([
    { rows: 1, unchanged: 0, joiners: 1 },
    { rows: 1, unchanged: 1, joiners: 0 },
  ])
})

test('confirming is refused when the file or the roster has changed since the preview', async () => {
  const { people } = await openPractice()
  const file = list(boss, hanako)
  const preview = await people.preview(file)
  if (isRefused(preview)) throw new Error(preview.refused)
  expect(await people.confirm(preview.digest, list(boss, taro), admin)).toMatchObject({
    refused: 'roster-changed',
  })
  await importList({ people }, list(boss))
  expect(await people.confirm(preview.digest, file, admin)).toMatchObject({
    refused: 'roster-changed',
  })
})

test('confirming twice records once and is answered the same', async () => {
  const { engine, people } = await openPractice()
  const file = list(boss, hanako)
  const { preview, done } = await importList({ people }, file)
  expect(await people.confirm(preview.digest, file, admin)).toEqual(done)
  expect(await rowsOf(engine, 'select count(*) as count from roster_imports')).toEqual([
    { count: 1 },
  ])
})

test('two who confirm at once: one is recorded, the other is told that the roster changed', async () => {
  const { people, engine } = await openPractice()
  const [one, other] = [list(boss, hanako), list(boss, taro)]
  const previews = await Promise.all([people.preview(one), people.preview(other)])
  const [first, second] = previews.map((preview) => {
    if (isRefused(preview)) throw new Error(preview.refused)
    return preview.digest
  })
  const done = await Promise.all([
    people.confirm(first ?? '', one, admin),
    people.confirm(second ?? '', other, admin),
  ])
  expect(done.filter(isRefused)).toMatchObject([{ refused: 'roster-changed' }])
  expect(await rowsOf(engine, 'select count(*) as count from people')).toEqual([{ count: 2 }])
})

test('one wrong row keeps everything out, and is named by row and field', async () => {
  const { engine, people } = await openPractice()
  const file = list(
    boss,
    hanako.replace('2020-04-01', '2026-02-30'),
    '3,鈴木 太郎,taro@example.jp,開発部,主任,99,2021-04-01,2020-01-01',
    '4,部下,buka@example.jp,運用部,,2,2021-04-01,',
    '1,重複,sato@example.jp,,,1,2021-04-01,',
  )
  const refused = await people.preview(file)
  if (!isRefused(refused)) throw new Error('not refused')
  expect(refused).toMatchObject({ refused: 'file-has-problems', about: '5' })
  expect(refused.problems?.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
    '3 入社日 day-not-in-calendar',
    '4 退職日 end-before-start',
    '6 社員番号 employee-number-duplicate',
    '6 メール email-duplicate',
    '4 上長 manager-unknown',
  ])
  expect(refused.problems?.[0]?.message).toEqual({
    ja: '「2026-02-30」は暦にない日付です。',
    en: '“2026-02-30” is not a day of the calendar.',
  })
  expect(await people.confirm('0'.repeat(64), file, admin)).toMatchObject({
    refused: 'file-has-problems',
  })
  expect(await rowsOf(engine, 'select * from people')).toEqual([])
})

test('Shift_JIS from Windows and UTF-8 from elsewhere are the same list', async () => {
  const { people } = await openPractice()
  const text = new TextDecoder().decode(list(boss, hanako))
  await importList({ people }, iconv.encode(text, 'cp932'))
  const again = await people.preview(bytesOf(`\u{feff}${text}`))
  expect(again).toMatchObject({ encoding: 'utf-8', unchanged: 2, changes: [] })
})

test('the administrator who set the system up is the same person on the roster', async () => {
  const { engine, access, people } = await openPractice()
  const passkey = {
    credentialId: 'credential',
    publicKey: 'key',
    fingerprint: `SHA256:${'A'.repeat(43)}`,
    rpId: 'localhost',
    origin: 'http://localhost',
    aaguid: '00000000-0000-0000-0000-000000000000',
    signCount: 0,
    backupEligible: false,
    backedUp: false,
    transports: [],
  }
  const email = 'Sato@example.jp'
  const found = { type: 'found', person: admin, name: 'Sato', email, language: 'ja' } as const
  await access.handle({ ...found, passkey }, { by: admin })
  expect(await people.get(admin)).toMatchObject({ state: 'off-roster', name: 'Sato' })
  const { preview } = await importList({ people }, list(boss))
  expect(preview.changes).toMatchObject([{ kind: 'joiner', person: admin }])
  expect(await people.get(admin)).toMatchObject({
    state: 'active',
    name: '佐藤 一',
    account: { role: 'administrator' },
  })
  expect(await rowsOf(engine, 'select count(*) as count from persons')).toEqual([{ count: 1 }])
  await expectRebuildEqual(engine)
})

test('the exported roster imports again without a change, formulas and all', async () => {
  const { people } = await openPractice()
  await importList(
    { people },
    list(boss, hanako, `5,"=cmd|'/c calc'!A1",five@example.jp,"運用部, 夜間",,2,2022-04-01,`),
  )
  for (const language of ['ja', 'en'] as const) {
    const csv = await people.export(language)
    expect(new TextDecoder().decode(csv)).not.toMatch(/(^|,)"?[=+@]/m)
    expect(await people.preview(csv)).toMatchObject({ unchanged: 3, changes: [] })
  }
})

test('a person is shown with those who report to them and every entry about them', async () => {
  const { engine, people, clock } = await openPractice()
  await importList({ people }, list(boss, hanako))
  clock.advance({ days: 1 })
  await importList({ people }, list(boss, hanako.replace('担当', '課長')))
  const ids = await rowsOf(engine, 'select person from people order by employee_number')
  const [bossId, hanakoId] = ids.map(({ person }) => String(person))
  expect(await people.get(bossId ?? '')).toMatchObject({ reports: [{ name: '髙橋 花子' }] })
  const shown = await people.get(hanakoId ?? '')
  expect(shown).toMatchObject({
    title: '課長',
    story: [{ type: 'people.changed.v1' }, { type: 'people.joined.v1' }],
  })
  expect(await people.get(hanakoId ?? '', '2026-04-01')).toMatchObject({ title: '担当' })
  expect(await people.get('per_zzzzzzzzzzzzzzzzzzzzzzzzzz')).toMatchObject({
    refused: 'person-unknown',
  })
})
