/** What a chunk of output reads as, and its exact bytes when the text alone would lose them. */
export type OutputPart = { readonly shown: string; readonly exact: Uint8Array | null }

export type OutputText = {
  readonly add: (chunk: Uint8Array) => OutputPart
  /** What was held back, when nothing more comes. */
  readonly end: () => OutputPart
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Terminal output as text. A character cut in two by the network is put together again; bytes that
 * are no UTF-8 are shown as U+FFFD and kept beside it exactly as they were.
 */
export function createOutputText(): OutputText {
  let held = Buffer.alloc(0)
  return {
    add(chunk) {
      const bytes = held.byteLength === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk])
      const cut = bytes.byteLength - unfinished(bytes)
      held = Buffer.from(bytes.subarray(cut))
      return partOf(bytes.subarray(0, cut))
    },
    end() {
      const rest = held
      held = Buffer.alloc(0)
      return partOf(rest)
    },
  }
}

function partOf(bytes: Uint8Array): OutputPart {
  try {
    return { shown: strict.decode(bytes), exact: null }
  } catch {
    return { shown: lossy.decode(bytes), exact: bytes }
  }
}

/** How many bytes at the end begin a character that is not complete: 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.byteLength); back++) {
    const byte = bytes[bytes.byteLength - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function lengthOf(first: number): number {
  if (first >= 0xf0) return 4
  return first >= 0xe0 ? 3 : 2
}
