import { LedgerError } from '../../ledger/ledger-error.ts'
import { proveConsistency } from '../../ledger/merkle.ts'
import type { VerifiedSignature } from '../../ledger/note.ts'
import { isQuorumMet } from '../../ledger/policy.ts'
import type { Policy, PolicyWitness } from '../../ledger/policy.ts'
import type { Read } from '../../ledger/tile-reader.ts'
import { openTiles } from '../../ledger/tiles.ts'
import type { TreeHead } from '../../ledger/tiles.ts'
import { formatAddCheckpoint } from '../../ledger/witness.ts'
import { readWitnessAnswer } from '../../ledger/witness-answer.ts'
import type { WitnessOutcome } from '../../ledger/witness-answer.ts'
import type { Clock } from '../ports.ts'
import type { WitnessPost } from './ports.ts'

/** How a witness answered the last time. */
export type WitnessState = {
  readonly name: string
  readonly url: string
  readonly state: 'cosigned' | 'silent' | 'refused'
  /** The size it has cosigned, as far as is known. */
  readonly size: number | null
  readonly at: string | null
  readonly message: string | null
  /** It has cosigned more than this ledger has, or another past: the ledger was rewound. */
  readonly contradicts: boolean
  /** It has been asked and has not answered yet. */
  readonly isWaiting: boolean
}

type AskedCheckpoint = TreeHead & {
  /** The signed note. */
  readonly note: Uint8Array
  readonly text: string
}

export type Witnesses = {
  /**
   * Asks every witness that is not still busy. Resolves as soon as the quorum is met, all have
   * answered, or the time is up; `late` is called with what each answers after that.
   */
  readonly ask: (
    checkpoint: AskedCheckpoint,
    late: (cosignatures: readonly VerifiedSignature[]) => void,
  ) => Promise<readonly VerifiedSignature[]>
  readonly states: () => readonly WitnessState[]
}

export type WitnessOptions = {
  readonly policy: Policy
  readonly post: WitnessPost
  readonly read: Read
  readonly clock: Clock
  /** How long publishing waits for the quorum. */
  readonly patienceMs: number
}

/** A witness that has moved on is asked again from where it is, this often for one checkpoint. */
const TRIES_MAX = 3

export function witnesses(options: WitnessOptions): Witnesses {
  const { policy, patienceMs } = options
  const all = policy.witnesses.flatMap((witness) =>
    witness.url === undefined ? [] : [correspondent(witness, witness.url, options)],
  )
  return {
    async ask(checkpoint, late) {
      const found: VerifiedSignature[] = []
      let isOver = false
      const asked = all.filter(({ isBusy }) => !isBusy())
      const answers = asked.map(async (one) => {
        const cosignatures = await one.ask(checkpoint)
        if (isOver) late(cosignatures)
        else found.push(...cosignatures)
      })
      const isEnough = () => policy.quorum !== 'none' && isQuorumMet(policy, found)
      await enough(answers, isEnough, patienceMs)
      isOver = true
      return found
    },
    states: () => all.map((one) => one.state()),
  }
}

/** Resolves when all have ended, when it is enough after one of them, or when the time is up. */
async function enough(
  answers: readonly Promise<void>[],
  isEnough: () => boolean,
  patienceMs: number,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patienceMs)
  const looked = answers.map((answer) =>
    answer.then(() => {
      if (isEnough()) resolve()
    }),
  )
  void Promise.all(looked).then(() => resolve())
  await promise
  clearTimeout(timer)
}

type Correspondent = {
  /** Its cosignatures; none when it did not sign, for whatever reason. Never rejects. */
  readonly ask: (checkpoint: AskedCheckpoint) => Promise<readonly VerifiedSignature[]>
  readonly isBusy: () => boolean
  readonly state: () => WitnessState
}

function correspondent(
  { name, key }: PolicyWitness,
  url: string,
  { post, read, clock }: WitnessOptions,
): Correspondent {
  let isBusy = false
  let size = 0
  const first = { size: null, at: null, message: null, contradicts: false, isWaiting: false }
  let state: WitnessState = { name, url, state: 'silent', ...first }

  function note(kind: WitnessState['state'], message: string | null, contradicts = false): void {
    const at = clock.now().toISOString()
    const known = size === 0 ? null : size
    state = { name, url, state: kind, size: known, at, message, contradicts, isWaiting: false }
  }

  async function request(checkpoint: AskedCheckpoint): Promise<WitnessOutcome> {
    const tiles = await openTiles(read, checkpoint)
    const proof = await proveConsistency(size, checkpoint.size, tiles.readHashes)
    const body = formatAddCheckpoint({ oldSize: size, proof, checkpoint: checkpoint.note })
    return readWitnessAnswer(await post(url, body), checkpoint.text, key)
  }

  async function converse(checkpoint: AskedCheckpoint): Promise<readonly VerifiedSignature[]> {
    for (let attempt = 1; attempt <= TRIES_MAX; attempt++) {
      const outcome = await request(checkpoint)
      switch (outcome.outcome) {
        case 'cosigned':
          size = checkpoint.size
          note('cosigned', null)
          return outcome.cosignatures
        case 'refused':
          note('refused', `${outcome.status}: ${outcome.reason}`, outcome.status === 422)
          return []
        case 'conflict':
          size = outcome.size
      }
      if (size > checkpoint.size) {
        note('refused', `it has cosigned ${size} entries, more than there are`, true)
        // From the start the next time: what it has is no longer ours.
        size = 0
        return []
      }
    }
    note('refused', 'it changes its size with every answer')
    return []
  }

  return {
    isBusy: () => isBusy,
    state: () => ({ ...state, isWaiting: isBusy }),
    async ask(checkpoint) {
      isBusy = true
      try {
        return await converse(checkpoint)
      } catch (error) {
        note(error instanceof LedgerError ? 'refused' : 'silent', reasonOf(error))
        return []
      } finally {
        isBusy = false
      }
    },
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
