import { join } from 'node:path'
import { z } from 'zod'
import { decodeBundle } from '../../../src/ledger/entry-bundle.ts'
import { parsePolicy } from '../../../src/ledger/policy.ts'
import { folderReader, readBundle } from '../../../src/ledger/tile-reader.ts'
import { TILE_WIDTH } from '../../../src/ledger/tile.ts'
import { verifyLedger } from '../../../src/ledger/verify.ts'
import { vkeyOf } from '../../../src/store/key-folder.ts'
import type { DrillResult } from './drill.ts'

const entry = z.object({
  type: z.string(),
  command: z.string(),
  data: z.object({ note: z.string() }).partial(),
})

/**
 * What is wrong after a drill; nothing, if the ledger keeps its promise: it verifies, and every
 * acknowledged entry is in it exactly once, at the index that was acknowledged, in each client's
 * order. Says it in sentences.
 */
export async function judge(data: string, result: DrillResult): Promise<string[]> {
  const folder = join(data, 'ledger')
  const vkey = vkeyOf(data) ?? ''
  const verified = await verifyLedger({
    source: { kind: 'folder', folder },
    policy: parsePolicy(Buffer.from(`log ${vkey}\nquorum none\n`)),
  })
  const wrong = verified.findings.map(({ code, where }) => `${code} ${where}`)
  const size = verified.checkpoint?.size ?? 0
  const notes = new Map<string, number[]>()
  const commands: string[] = []
  const read = folderReader(folder)
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const { bundle } = await readBundle(read, size, first / TILE_WIDTH)
    for (const [at, bytes] of decodeBundle(bundle).entries()) {
      const { type, command, data: fields } = entry.parse(JSON.parse(Buffer.from(bytes).toString()))
      commands.push(command)
      if (type !== 'board.pinned.v1') continue
      const note = fields.note ?? ''
      notes.set(note, [...(notes.get(note) ?? []), first + at])
    }
  }
  for (const acknowledged of result.acknowledged) {
    let before = -1
    for (const { id, notes: pinned, first, last } of acknowledged) {
      if (first <= before) wrong.push(`${id} was acknowledged at ${first}, after ${before}`)
      if (last - first + 1 !== pinned.length) wrong.push(`${id} has ${first} to ${last}`)
      before = last
      for (const [at, note] of pinned.entries()) {
        const found = notes.get(note) ?? []
        if (found.length === 1 && found[0] === first + at && commands[first + at] === id) continue
        wrong.push(
          `${note}, acknowledged at ${first + at}, is at ${found.join(', ') || 'no place'}`,
        )
      }
    }
  }
  for (const [note, found] of notes) {
    if (found.length > 1) wrong.push(`${note} is there ${found.length} times`)
  }
  return wrong
}
