import { createReadStream } from 'node:fs'
import { createChain, endLine, linkLine, LINE_BYTES_MAX, type EndReason } from './chain.ts'

export type RecordingCheck =
  | {
      readonly state: 'whole'
      readonly reason: EndReason
      readonly exitStatus: number | null
      readonly bytes: number
      readonly links: number
      readonly head: string
    }
  /** The first place at which it is not what was recorded; lines count from 1. */
  | { readonly state: 'broken'; readonly fault: RecordingFault; readonly line: number }
  /** Good as far as it goes, but nobody has closed it. */
  | { readonly state: 'open'; readonly links: number; readonly head: string }

type RecordingFault = 'link-wrong' | 'line-malformed' | 'line-too-long' | 'goes-on-after-its-end'

/** Reads a recording once, in constant memory, and names the first broken link. */
export async function verifyRecording(path: string): Promise<RecordingCheck> {
  const judge = createJudge()
  let rest = Buffer.alloc(0)
  for await (const part of createReadStream(path)) {
    rest = Buffer.concat([rest, Buffer.isBuffer(part) ? part : Buffer.from(String(part))])
    let from = 0
    for (let to = rest.indexOf(10); to >= 0; to = rest.indexOf(10, from)) {
      const broken = judge.line(rest.subarray(from, to + 1))
      if (broken !== undefined) return broken
      from = to + 1
    }
    rest = rest.subarray(from)
    if (rest.byteLength > LINE_BYTES_MAX) return judge.broken('line-too-long')
  }
  return judge.end(rest.byteLength > 0)
}

function createJudge() {
  const chain = createChain()
  let lines = 0
  let bytes = 0
  let ending: { reason: EndReason; exitStatus: number | null } | undefined
  let isOver = false
  /** A line that a dying machine tore; only the end of an interrupted recording may follow it. */
  let isTorn = false

  const broken = (fault: RecordingFault): RecordingCheck => ({
    state: 'broken',
    fault,
    line: Math.max(1, lines),
  })
  return {
    broken,
    line(raw: Buffer): RecordingCheck | undefined {
      lines += 1
      bytes += raw.byteLength
      if (isOver) return broken('goes-on-after-its-end')
      const text = raw.subarray(0, -1).toString('utf8')
      const link = linkLine.exec(text)
      if (link !== null) {
        if (chain.close() !== `${text}\n`) return broken('link-wrong')
        isOver = ending !== undefined
        return undefined
      }
      chain.add(raw)
      if (ending !== undefined) return broken('goes-on-after-its-end')
      const end = endLine.exec(text)
      if (end !== null) ending = { reason: reasonOf(end[1]), exitStatus: statusOf(end[2]) }
      if (isTorn && ending?.reason !== 'interrupted') return broken('line-malformed')
      isTorn = end === null && !text.startsWith('# bytes ') && !isJson(text)
      return undefined
    },
    end(hasRest: boolean): RecordingCheck {
      const [links, head] = [chain.links(), chain.head()]
      if (isOver && ending !== undefined && !hasRest) {
        return { state: 'whole', ...ending, bytes, links, head }
      }
      if (isOver) return broken('goes-on-after-its-end')
      return { state: 'open', links, head }
    },
  }
}

function reasonOf(text = ''): EndReason {
  switch (text) {
    case 'closed':
    case 'expired':
    case 'revoked':
    case 'limit':
    case 'connection':
      return text
    default:
      return 'interrupted'
  }
}

function statusOf(text = '-'): number | null {
  return text === '-' ? null : Number(text)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
