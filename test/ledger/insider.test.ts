import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/domain/canonical-json.ts'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { openTree } from '../../src/ledger/integrate.ts'
import { parseSigningKey } from '../../src/ledger/keys.ts'
import { EMPTY_ROOT } from '../../src/ledger/merkle.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { openTestLedger, restarted, startOf, temporaryFolder } from './test-ledger.ts'
import type { TestLedger } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'

/** A published ledger of so many notes. */
async function publishedLedger(count = 600): Promise<TestLedger> {
  const opened = await openTestLedger()
  await opened.pin(count)
  await opened.ledger.publishNow()
  return opened
}

/** What somebody with every right on the database does; not even a trigger is in the way. */
async function insider(opened: TestLedger, ...statements: string[]): Promise<void> {
  const client = new Client(opened.database)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** What verifying finds, as `code where`. */
async function findings({ ledger }: TestLedger): Promise<string[]> {
  const verified = await ledger.verify('system:test')
  return verified.findings.map(({ code, where }) => `${code} ${where}`)
}

const bytesOf = (entry: string) => `convert_to(${entry}, 'UTF8')`
const rewritten = (from: string, to: string) =>
  bytesOf(`replace(convert_from(bytes, 'UTF8'), '${from}', '${to}')`)

test('nothing is found in a ledger that has no entries yet', async () => {
  expect(await findings(await openTestLedger())).toEqual([])
})

test('nothing is found in a ledger that nobody touched, and that is recorded as an entry', async () => {
  const opened = await publishedLedger()
  const size = await opened.engine.log.size()
  const { findings: found, seq } = await opened.ledger.verify('per_auditor')
  expect([found, seq]).toEqual([[], size])
  const { lastVerified } = await opened.ledger.health()
  expect(lastVerified).toMatchObject({ size: 600, findings: 0, seq: 600 })
})

describe('somebody with full rights on the database', () => {
  test('edits an entry: it is named', async () => {
    const opened = await publishedLedger()
    await insider(
      opened,
      `update ledger.entries set bytes = ${rewritten('note 300', 'note 3oo')} where seq = 300`,
    )
    expect(await findings(opened)).toEqual([
      'entry-differs entry 300',
      expect.stringMatching(/^view-row-differs board /),
    ])
  })

  test('edits an entry and its row in the view alike: the entry is named', async () => {
    const opened = await publishedLedger()
    await insider(
      opened,
      `update ledger.entries set bytes = ${rewritten('note 300', 'note 3oo')} where seq = 300`,
      `update views.board set text = 'note 3oo' where note = '300'`,
    )
    expect(await findings(opened)).toEqual(['entry-differs entry 300'])
  })

  test('edits what an entry is found by: it is named', async () => {
    const opened = await publishedLedger()
    await insider(
      opened,
      `update ledger.entries set by = 'per_2' where seq = 7`,
      `update ledger.entries set recorded_at = recorded_at - interval '1 day' where seq = 8`,
      `update ledger.entries set stream = 'elsewhere' where seq = 9`,
    )
    expect(await findings(opened)).toEqual([
      'entry-columns-differ entry 7',
      'entry-columns-differ entry 8',
      'entry-columns-differ entry 9',
    ])
  })

  test('deletes an entry: it is named', async () => {
    const opened = await publishedLedger()
    await insider(opened, 'delete from ledger.entries where seq = 299')
    expect(await findings(opened)).toContain('entry-missing entry 299')
  })

  test('deletes the last entries and puts the head back: they are named', async () => {
    const opened = await publishedLedger()
    await insider(
      opened,
      'delete from ledger.entries where seq >= 597',
      'update ledger.head set size = 597',
    )
    const found = await findings(opened)
    expect(found).toContain('database-short ledger.head')
    expect(found.filter((finding) => finding.startsWith('entry-missing'))).toEqual([
      'entry-missing entry 597',
      'entry-missing entry 598',
      'entry-missing entry 599',
    ])
    expect(await startOf({ database: opened.database, data: opened.data })).toBe(
      'ledger-database-short',
    )
  })

  test('inserts an entry by moving those after it: every one that moved is named', async () => {
    const opened = await publishedLedger(20)
    await insider(
      opened,
      'update ledger.entries set seq = seq + 1000 where seq >= 15',
      'update ledger.entries set seq = seq - 999 where seq >= 1000',
      `insert into ledger.entries select 15, ${rewritten('note 3', 'note X')}, type, stream, by,
         recorded_at, effective_at from ledger.entries where seq = 3`,
      'update ledger.head set size = 21',
    )
    const found = await findings(opened)
    for (const seq of [15, 16, 17, 18, 19]) expect(found).toContain(`entry-differs entry ${seq}`)
  })

  test('inserts an entry beyond the head: it is named', async () => {
    const opened = await publishedLedger(20)
    await insider(
      opened,
      `insert into ledger.entries select 25, bytes, type, stream, by, recorded_at, effective_at
         from ledger.entries where seq = 3`,
    )
    expect(await findings(opened)).toContain('entry-unexpected entry 25')
  })

  test('reorders two entries: both are named', async () => {
    const opened = await publishedLedger(20)
    await insider(
      opened,
      'update ledger.entries set seq = 1000 where seq = 4',
      'update ledger.entries set seq = 4 where seq = 5',
      'update ledger.entries set seq = 5 where seq = 1000',
    )
    const found = await findings(opened)
    expect(found.filter((finding) => finding.startsWith('entry-'))).toEqual([
      'entry-differs entry 4',
      'entry-differs entry 5',
    ])
  })

  test('writes an entry in another form of the same JSON: it is named', async () => {
    const opened = await publishedLedger(20)
    await insider(
      opened,
      `update ledger.entries set bytes = ${bytesOf(`convert_from(bytes, 'UTF8') || ' '`)} where seq = 4`,
    )
    expect(await findings(opened)).toContain('entry-differs entry 4')
  })

  test('edits, deletes and inserts rows of a view: each is named', async () => {
    const opened = await publishedLedger(20)
    await insider(
      opened,
      `update views.board set text = 'something else' where note = '3'`,
      `delete from views.board where note = '4'`,
      `insert into views.board values ('never', 'pinned', 3)`,
    )
    expect((await findings(opened)).sort()).toEqual([
      'view-row-differs board ["3"]',
      'view-row-missing board ["4"]',
      'view-row-unexpected board ["never"]',
    ])
  })

  test('rewrites a kept checkpoint: it is named', async () => {
    const opened = await publishedLedger(20)
    await opened.pin(5)
    await opened.ledger.publishNow()
    await insider(
      opened,
      `update ledger.checkpoints set root = decode(repeat('00', 32), 'hex') where size = 20`,
    )
    expect(await findings(opened)).toContain('checkpoint-row-differs checkpoint 20')
  })
})

describe('somebody with the folder', () => {
  test('truncates it to an older state: start and verification both say so', async () => {
    const opened = await publishedLedger(300)
    const older = temporaryFolder()
    cpSync(join(opened.data, 'ledger'), older, { recursive: true })
    await opened.pin(300)
    await opened.ledger.publishNow()
    rmSync(join(opened.data, 'ledger'), { recursive: true })
    cpSync(older, join(opened.data, 'ledger'), { recursive: true })
    // Verified by somebody else, for the program itself publishes anew.
    const found = await findings(opened)
    expect(found.some((finding) => /resource-missing|ledger-shrunk/.test(finding))).toBe(true)
    await opened.close()
    expect(await startOf({ database: opened.database, data: opened.data })).toBe(
      'ledger-file-damaged',
    )
  })

  test('edits an entry and all tiles above it: the signed root contradicts', async () => {
    const opened = await publishedLedger(300)
    const entries = await opened.engine.log.entries(0, 300)
    entries[7] = Buffer.from(canonicalJson({ never: 'happened' }))
    await replaceFiles(opened, entries)
    expect(await findings(opened)).toContain('root-mismatch checkpoint')
    await opened.close()
    expect(await startOf({ database: opened.database, data: opened.data })).toBe(
      'ledger-root-differs',
    )
  })
})

describe('somebody with the signing key', () => {
  test('signs a shortened log again and changes every copy: only the witness is left, and says so', async () => {
    const witness = await startWitness()
    const opened = await openTestLedger({ witnessPolicy: witness.policy })
    await witness.knows(opened.ledger.vkey)
    await opened.pin(300)
    await opened.ledger.publishNow()
    expect((await opened.ledger.health()).witnesses).toMatchObject([
      { state: 'cosigned', size: 300 },
    ])
    // Back to 200 entries, everywhere at once, signed with the right key.
    const entries = await opened.engine.log.entries(0, 200)
    const note = await replaceFiles(opened, entries, { sign: true })
    const [, , root = ''] = note.split('\n')
    const hex = Buffer.from(root, 'base64').toString('hex')
    await insider(
      opened,
      'delete from ledger.entries where seq >= 200',
      'update ledger.commands set last = 199',
      'update ledger.head set size = 200',
      'delete from views.board where seq >= 200',
      'delete from ledger.checkpoints',
      `insert into ledger.checkpoints values (200, '\\x${hex}', '${note}', now(), now())`,
      `update ledger.storages set size = 200, root = '\\x${hex}'`,
    )
    writeFileSync(join(opened.data, 'keys/signed-checkpoint'), note)
    const again = await restarted(opened, { witnessPolicy: witness.policy })
    expect(await findings(again)).toEqual([])
    await again.pin(1)
    await again.ledger.publishNow()
    const { alarms, witnesses } = await again.ledger.health()
    expect(witnesses).toMatchObject([{ state: 'refused' }])
    expect(alarms.map(({ code }) => code)).toContain('ledger-witness-contradicts')
  })

  test('signs another past of the same size: a copy of the old checkpoint contradicts it', async () => {
    const opened = await publishedLedger(300)
    const printed = readFileSync(join(opened.data, 'ledger/checkpoint'))
    const entries = await opened.engine.log.entries(0, 300)
    entries[7] = Buffer.from(canonicalJson({ never: 'happened' }))
    await replaceFiles(opened, entries, { sign: true })
    const verified = await verifyLedger({
      source: { kind: 'folder', folder: join(opened.data, 'ledger') },
      policy: parsePolicy(Buffer.from(opened.ledger.policy)),
      earlier: new Map([['report.checkpoint', printed]]),
    })
    expect(verified.findings).toMatchObject([
      { code: 'consistency-proof-invalid', where: 'report.checkpoint' },
    ])
  })
})

/** Replaces the files by those of other entries; signs them too when the key was stolen. */
async function replaceFiles(
  { data }: TestLedger,
  entries: readonly Uint8Array[],
  { sign = false } = {},
): Promise<string> {
  const tree = await openTree({
    size: 0,
    root: EMPTY_ROOT,
    read: () => Promise.reject(new Error('the empty tree reads nothing')),
  })
  const folder = join(data, 'ledger')
  const { size, root, files } = tree.append(entries)
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  if (!sign) return ''
  const skey = readFileSync(join(data, 'keys/ledger.key'), 'utf8').trim()
  const note = signCheckpoint({ size, root }, parseSigningKey(skey))
  writeFileSync(join(folder, 'checkpoint'), note)
  return Buffer.from(note).toString('utf8')
}
