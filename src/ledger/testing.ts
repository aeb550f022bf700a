import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { signCheckpoint } from './checkpoint.ts'
import { openTree } from './integrate.ts'
import type { LedgerFile } from './integrate.ts'
import type { SigningKey } from './keys.ts'
import { LedgerError } from './ledger-error.ts'
import { EMPTY_ROOT } from './merkle.ts'
import type { Read } from './tile-reader.ts'

/** For tests: the code of the refusal, `accepted`, or the error that is no refusal at all. */
export function refusalOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error instanceof LedgerError ? error.code : error
  }
  return 'accepted'
}

/** For tests: as `refusalOf`, of something that takes its time. */
export async function laterRefusalOf(act: Promise<unknown>): Promise<unknown> {
  return await act.then(
    () => 'accepted',
    (error: unknown) => (error instanceof LedgerError ? error.code : error),
  )
}

/** For tests: a copy with one bit changed; which one is taken modulo the number of bits. */
export function flipBit(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes)
  const at = bit % (changed.length * 8)
  changed.writeUInt8(changed.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
  return changed
}

export type MemoryFiles = {
  readonly read: Read
  write(files: readonly LedgerFile[]): void
  remove(path: string): void
  paths(): string[]
}

/** For tests: a ledger's files in memory, at first those of another one if it is given. */
export function memoryFiles(copied?: MemoryFiles): MemoryFiles {
  const files = new Map<string, Uint8Array>()
  const read: Read = async (path) => {
    const bytes = files.get(path) ?? (await copied?.read(path))
    if (bytes === undefined || removed.has(path)) {
      throw new LedgerError('resource-missing', 'there is no such file', path)
    }
    return bytes
  }
  const removed = new Set<string>()
  return {
    read,
    write: (written) => written.forEach(({ path, bytes }) => files.set(path, bytes)),
    remove: (path) => void removed.add(path),
    paths: () => [...new Set([...(copied?.paths() ?? []), ...files.keys()])],
  }
}

/** For tests: `entry 0`, `entry 1` and so on. */
export function numberedEntries(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`))
}

/** For tests: a signed ledger of these entries in a new folder below the system's temporary one. */
export async function folderLedger(
  entries: readonly Uint8Array[],
  key: SigningKey,
): Promise<{ readonly folder: string; readonly root: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-ledger-'))
  const tree = await openTree({ size: 0, root: EMPTY_ROOT, read: memoryFiles().read })
  const { files, root } = tree.append(entries)
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  writeFileSync(join(folder, 'checkpoint'), signCheckpoint({ size: tree.size, root }, key))
  return { folder, root }
}
