import type { getLedger } from '../../contract/ledger.ts'
import type { Output } from '../../contract/route.ts'
import type { Text } from '../../domain/decider.ts'
import { alarmTexts } from '../../domain/ledger/alarms.ts'
import { hashToBase64 } from '../../ledger/merkle.ts'
import type { Views } from '../ports.ts'
import type { Alarm } from './alarms.ts'
import { lastVerification, raisedAlarms } from './entry-reads.ts'
import type { KeptCheckpoint } from './ports.ts'
import type { PublisherState } from './publisher.ts'
import type { WitnessState } from './witnesses.ts'

export type Health = Output<typeof getLedger>

/** How the ledger is now, for people: nothing of it is guessed, all of it was seen. */
export async function healthOf(
  views: Views,
  now: string,
  known: {
    readonly origin: string
    readonly vkey: string
    readonly policy: string
    readonly integrated: number
    readonly state: PublisherState
    readonly witnesses: readonly WitnessState[]
    readonly alarms: readonly Alarm[]
  },
): Promise<Health> {
  const { origin, vkey, policy, integrated, state } = known
  const since = await raisedAlarms(views)
  return {
    origin,
    vkey,
    size: views.size,
    integrated,
    checkpoint: state.published === null ? null : shownCheckpoint(state.published),
    witnesses: known.witnesses.map(({ name, url, state: kind, size, at, message }) => {
      return { name, url, state: kind, size, at, message }
    }),
    quorum: { met: state.quorumMet ?? true, policy },
    alarms: known.alarms.map(({ code, about }) => ({
      code,
      message: withAbout(alarmTexts[code], about),
      since: since.get(code) ?? now,
    })),
    lastVerified: await lastVerification(views),
  }
}

function shownCheckpoint({ size, root, text, signedAt, publishedAt }: KeptCheckpoint) {
  return { size, root: hashToBase64(root), at: publishedAt ?? signedAt, text }
}

function withAbout({ ja, en }: Text, about: string): Text {
  return about === '' ? { ja, en } : { ja: `${ja}（${about}）`, en: `${en} (${about})` }
}
