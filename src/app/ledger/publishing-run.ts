import { openCheckpoint } from '../../ledger/checkpoint.ts'
import { hasCode } from '../../ledger/ledger-error.ts'
import { addSignatures, formatNote, parseNote } from '../../ledger/note.ts'
import type { VerifiedSignature } from '../../ledger/note.ts'
import { isQuorumMet } from '../../ledger/policy.ts'
import type { Policy } from '../../ledger/policy.ts'
import { TILE_WIDTH } from '../../ledger/tile.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile-reader.ts'
import type { Clock, EntryLog } from '../ports.ts'
import { collectPartials } from './integrator.ts'
import type { Integrator } from './integrator.ts'
import type { KeptCheckpoint, LedgerStorage, Publication } from './ports.ts'
import type { Signer } from './signer.ts'
import type { Witnesses } from './witnesses.ts'

/** What to do when the quorum did not cosign: publish nothing, or publish and raise an alarm. */
export type Unmet = 'hold' | 'alarm'

export type RunOptions = {
  readonly log: EntryLog
  readonly storage: LedgerStorage
  readonly publication: Publication
  readonly integrator: Integrator
  readonly signer: Signer
  readonly witnesses: Witnesses
  readonly policy: Policy
  readonly unmet: Unmet
  readonly clock: Clock
  /** Called when there is something more to publish: a late cosignature. */
  readonly wake: () => void
}

export type PublishingRun = {
  /** Integrate, sign, ask, publish. Everything that one run leaves undone is done by the next. */
  readonly once: () => Promise<{
    readonly published: KeptCheckpoint | null
    readonly quorumMet: boolean | null
  }>
  /** Whether a run is worth while though nothing was committed. */
  readonly isDue: () => boolean
}

/** A quiet ledger asks for new cosignatures, so that silence is witnessed too. */
const REFRESH_MS = 3_600_000
const REFRESH_UNMET_MS = 10_000

export function publishingRun(options: RunOptions): PublishingRun {
  const { policy } = options
  /** What is known about the checkpoint that the witnesses were asked about last. */
  let asked = { size: 0, atMs: 0 }
  let cosignatures: readonly VerifiedSignature[] = []
  let published: KeptCheckpoint | null = null
  let isSeeded = false
  let collected = 0

  const isMet = () => policy.quorum === 'none' || isQuorumMet(policy, cosignatures)
  const isRefreshDue = () =>
    performance.now() - asked.atMs > (isMet() ? REFRESH_MS : REFRESH_UNMET_MS)

  async function cosign(signed: KeptCheckpoint): Promise<void> {
    if (signed.size !== asked.size) cosignatures = []
    asked = { size: signed.size, atMs: performance.now() }
    const note = Buffer.from(signed.text)
    const { text } = parseNote(note)
    const checkpoint = { size: signed.size, root: signed.root, note, text }
    const found = await options.witnesses.ask(checkpoint, (late) => {
      if (late.length === 0) return
      if (asked.size === signed.size) cosignatures = merged(cosignatures, late)
      // It was busy with an older checkpoint when the newest one was asked about.
      else asked = { ...asked, atMs: -REFRESH_MS }
      options.wake()
    })
    cosignatures = merged(cosignatures, found)
  }

  async function publish(signed: KeptCheckpoint): Promise<KeptCheckpoint> {
    const note = addSignatures(parseNote(Buffer.from(signed.text)), cosignatures)
    const text = Buffer.from(formatNote(note)).toString('utf8')
    if (text === published?.text) return published
    const at = options.clock.now().toISOString()
    await options.publication.publish(signed.size, text, at, async () => {
      await options.storage.publish(Buffer.from(text))
    })
    return { ...signed, text, publishedAt: signed.publishedAt ?? at }
  }

  return {
    async once() {
      const signed = await signNewest(options)
      if (signed === null) return { published: null, quorumMet: null }
      if (!isSeeded) {
        const found = await publishedBefore(options, signed)
        isSeeded = true
        published = found?.published ?? null
        cosignatures = found?.cosignatures ?? []
        if (found !== null) asked = { size: signed.size, atMs: performance.now() }
      }
      if (signed.size !== asked.size || isRefreshDue()) await cosign(signed)
      if (isMet() || options.unmet === 'alarm') published = await publish(signed)
      collected = await collectPartials(options.storage, published?.size ?? 0, collected)
      return { published, quorumMet: isMet() }
    },
    isDue: () =>
      asked.size > 0 &&
      (isRefreshDue() || collected < Math.floor((published?.size ?? 0) / TILE_WIDTH)),
  }
}

async function signNewest({ integrator, signer }: RunOptions): Promise<KeptCheckpoint | null> {
  for (;;) {
    const head = await integrator.catchUp()
    if (head.size === 0) return null
    const signed = await signer.sign(head)
    if (signed === null) throw new Error('a tree with entries was not signed')
    // Another node may have signed more meanwhile: this one has to catch up first.
    if (signed.size === head.size) return signed
  }
}

/** After a start: the checkpoint that lies in the storage, if it is the newest one. */
async function publishedBefore(
  { storage, signer, policy }: RunOptions,
  signed: KeptCheckpoint,
): Promise<{ published: KeptCheckpoint; cosignatures: readonly VerifiedSignature[] } | null> {
  const bytes = await readPublished(storage)
  if (bytes === null) return null
  const witnesses = policy.witnesses.map(({ key }) => key)
  const { note, cosignatures } = openCheckpoint(bytes, [signer.key.verifier], witnesses)
  if (note.text !== parseNote(Buffer.from(signed.text)).text) return null
  const text = Buffer.from(bytes).toString('utf8')
  return { published: { ...signed, text }, cosignatures }
}

/** The checkpoint that lies in the storage; null before the first one. */
export async function readPublished(storage: LedgerStorage): Promise<Uint8Array | null> {
  try {
    return await storage.read(CHECKPOINT_PATH)
  } catch (error) {
    if (hasCode(error, 'resource-missing')) return null
    throw error
  }
}

/** A newer cosignature of a key takes the old one's place. */
function merged(
  old: readonly VerifiedSignature[],
  found: readonly VerifiedSignature[],
): VerifiedSignature[] {
  const isReplaced = (one: VerifiedSignature) =>
    found.some(({ name, keyId }) => name === one.name && keyId === one.keyId)
  return [...old.filter((one) => !isReplaced(one)), ...found]
}
