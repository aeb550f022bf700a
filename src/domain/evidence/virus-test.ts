/**
 * The string by which people try whether files are looked at for viruses (EICAR, 2003). It stands
 * here in two halves, so that no antivirus takes this source away.
 */
const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
)

export function holdsVirusTest(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(eicar)
}
