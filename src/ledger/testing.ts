import { LedgerError } from './ledger-error.ts'

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
