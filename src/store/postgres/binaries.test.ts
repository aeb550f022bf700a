import { mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mendBinaries } from './binaries.ts'

test('a package whose install script was blocked is mended: libraries linked, programs executable', () => {
  const native = unpackedPackage()
  const { postgres, initdb } = mendBinaries(native)
  expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
  for (const program of [postgres, initdb]) expect(statSync(program).mode & 0o555).toBe(0o555)
  // Once more, as at every start: nothing is left to do.
  expect(mendBinaries(native)).toEqual({ postgres, initdb })
})

test('a package without its programs says what to do', () => {
  const native = unpackedPackage()
  rmSync(join(native, 'bin', 'postgres'))
  expect(() => mendBinaries(native)).toThrow(
    expect.objectContaining({
      code: 'postgres-missing',
      message: expect.stringContaining('Run npm ci again'),
    }),
  )
})

/** As npm unpacks it: no links, and files that only their owner can write. */
function unpackedPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-package-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const native = join(folder, 'native')
  for (const part of ['bin', 'lib']) mkdirSync(join(native, part), { recursive: true })
  for (const file of ['bin/postgres', 'bin/initdb', 'lib/libpq.so.5.18']) {
    writeFileSync(join(native, file), '', { mode: 0o644 })
  }
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links))
  return native
}
