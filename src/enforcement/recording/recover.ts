import { closeSync, createReadStream, fsyncSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createChain, endLine, linkLine } from './chain.ts'
import { verifyRecording, type RecordingCheck } from './verify.ts'

export type Recovered = { readonly file: string; readonly check: RecordingCheck }

/**
 * Closes what a proxy that died left open: every recording without an end gets one, `interrupted`.
 * Nothing is ever taken away from a file; a line that was torn stays and is followed by the end.
 * What is broken is left as it is and named.
 */
export async function recoverRecordings(folder: string): Promise<Recovered[]> {
  const found: Recovered[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.cast'))
    .sort()) {
    const path = join(folder, file)
    const check = await verifyRecording(path)
    if (check.state === 'whole') continue
    if (check.state === 'open') await closeInterrupted(path)
    found.push({ file, check: check.state === 'open' ? await verifyRecording(path) : check })
  }
  return found
}

async function closeInterrupted(path: string): Promise<void> {
  const chain = createChain()
  let rest = Buffer.alloc(0)
  let isEnded = false
  const line = (raw: Buffer) => {
    const text = raw.subarray(0, -1).toString('latin1')
    isEnded = endLine.test(text)
    if (linkLine.test(text)) chain.close()
    else chain.add(raw)
  }
  for await (const part of createReadStream(path)) {
    rest = Buffer.concat([rest, Buffer.isBuffer(part) ? part : Buffer.from(String(part))])
    let from = 0
    for (let to = rest.indexOf(10); to >= 0; to = rest.indexOf(10, from)) {
      line(rest.subarray(from, to + 1))
      from = to + 1
    }
    rest = rest.subarray(from)
  }
  const torn = rest.byteLength === 0 ? '' : '\n'
  // It may have died between the end and its link: then only the link is missing.
  const end = isEnded && torn === '' ? '' : '# end interrupted -\n'
  chain.add(rest)
  chain.add(`${torn}${end}`)
  const file = openSync(path, 'a')
  try {
    writeSync(file, `${torn}${end}${chain.close()}`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
