import { hashToBase64, EMPTY_ROOT } from '../../ledger/merkle.ts'
import type { VerifierKey } from '../../ledger/keys.ts'
import type { Policy } from '../../ledger/policy.ts'
import { readerOf } from '../../ledger/source.ts'
import type { LedgerSource } from '../../ledger/source.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile-reader.ts'
import { verifyLedger } from '../../ledger/verify.ts'
import type { Finding } from '../../ledger/verify-bundles.ts'
import type { ViewDifference } from '../engine/store.ts'
import { compareEntries } from './verify-entries.ts'
import { compareCheckpoints } from './verify-checkpoints.ts'
import type { EntryAudit, KeySafe, Publication } from './ports.ts'

export type Everything = {
  readonly size: number
  /** Base64. */
  readonly root: string
  readonly entries: number
  readonly cosigners: readonly string[]
  readonly findings: readonly Finding[]
}

/** What is being done, for a progress bar. */
type VerifyStep = 'files' | 'entries' | 'checkpoints' | 'views'

export type OnVerifyProgress = (step: VerifyStep, done: number, total: number) => void

export type VerifyEverythingOptions = {
  readonly source: LedgerSource
  readonly policy: Policy
  readonly key: VerifierKey
  readonly audit: EntryAudit
  readonly publication: Publication
  /** The copy of the last signed checkpoint, where there is one. */
  readonly safe: Pick<KeySafe, 'signed'>
  readonly compareViews: () => AsyncIterable<ViewDifference>
  readonly onProgress?: OnVerifyProgress | undefined
}

/** More than this helps nobody: the first ones say what happened. */
const FINDINGS_MAX = 10_000

/**
 * Files, entries, checkpoints and views, each against what is signed: the files first, because all
 * others are held against them.
 */
export async function verifyEverything(options: VerifyEverythingOptions): Promise<Everything> {
  const { source, policy, key, audit, publication, onProgress } = options
  const copy = await options.safe.signed()
  const files = await verifyLedger({
    source,
    policy,
    earlier: new Map(copy === null ? [] : [['keys/signed-checkpoint', copy]]),
    onProgress: (done, total) => onProgress?.('files', done, total),
  })
  const head = files.checkpoint ?? { size: 0, root: EMPTY_ROOT }
  const read = readerOf(source)
  // A ledger without entries has published nothing, and has nothing to hide.
  const isNew = copy === null && (await audit.extent()).last === null
  const isExpected = ({ code, where }: Finding) =>
    isNew && code === 'resource-missing' && where === CHECKPOINT_PATH
  const findings = files.findings.filter((finding) => !isExpected(finding))
  const take = async (found: AsyncIterable<Finding>) => {
    for await (const finding of found) {
      if (findings.length >= FINDINGS_MAX) return
      findings.push(finding)
    }
  }
  const onEntries = (done: number, total: number) => onProgress?.('entries', done, total)
  await take(compareEntries({ audit, read, signedSize: head.size, onProgress: onEntries }))
  onProgress?.('checkpoints', 0, 1)
  await take(compareCheckpoints({ publication, read, key, head }))
  onProgress?.('checkpoints', 1, 1)
  onProgress?.('views', 0, 1)
  await take(viewFindings(options.compareViews))
  onProgress?.('views', 1, 1)
  const { entries, cosigners } = files
  return { size: head.size, root: hashToBase64(head.root), entries, cosigners, findings }
}

/** An entry that no longer reads stops the rebuilding: that it does is a finding itself. */
async function* viewFindings(
  compareViews: () => AsyncIterable<ViewDifference>,
): AsyncGenerator<Finding> {
  try {
    for await (const { table, key, kind, columns } of compareViews()) {
      const message = {
        missing: 'the row is missing: the entries make it',
        unexpected: 'no entry makes this row',
        differs: `columns differ from what the entries make: ${columns.join(', ')}`,
      }
      yield { code: `view-row-${kind}`, where: `${table} ${key}`, message: message[kind] }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    yield { code: 'views-not-rebuilt', where: 'views', message }
  }
}
