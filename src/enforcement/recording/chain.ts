import { createHash, type Hash } from 'node:crypto'

/**
 * A recording is an asciicast (version 3) that any player plays. Its comment lines are ours:
 *
 *     # bytes <base64>           the exact bytes of the event below it, when they are no UTF-8
 *     # end <reason> <status>    why it ended, and the exit status or `-`
 *     # link <n> <sha256>        closes a block
 *
 * A link's hash is SHA-256 over the hash of the link before it (32 bytes; zeros for the first) and
 * every byte of the file since. So the last link commits to the whole file, and a changed byte is
 * found within its block. A whole recording ends with an `end` line and its link.
 */
export type Chain = {
  /** Takes in bytes of the file, in order. */
  readonly add: (bytes: Uint8Array | string) => void
  /** Bytes since the last link. */
  readonly open: () => number
  readonly links: () => number
  /** The hash of the last link, in hex. */
  readonly head: () => string
  /** The line that closes the block; it belongs to no block itself. */
  readonly close: () => string
}

export function createChain(): Chain {
  let head = Buffer.alloc(32)
  let links = 0
  let open = 0
  let hash: Hash = createHash('sha256').update(head)
  return {
    add(bytes) {
      hash.update(bytes)
      open += typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength
    },
    open: () => open,
    links: () => links,
    head: () => head.toString('hex'),
    close() {
      head = hash.digest()
      hash = createHash('sha256').update(head)
      open = 0
      links += 1
      return `# link ${links - 1} ${head.toString('hex')}\n`
    },
  }
}

/** Why a recording ended. `interrupted`: the proxy died; found and closed when it started again. */
export type EndReason = 'closed' | 'expired' | 'revoked' | 'limit' | 'connection' | 'interrupted'

export const linkLine = /^# link (0|[1-9][0-9]{0,15}) ([0-9a-f]{64})$/
export const endLine =
  /^# end (closed|expired|revoked|limit|connection|interrupted) (-|[0-9]{1,3})$/
/** Longest line there can be: a chunk of output, every byte of it escaped. */
export const LINE_BYTES_MAX = 1_048_576
