import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PDF as a stranger's reader (Poppler) sees it. */
export type ReadPdf = { readonly text: string; readonly pages: number; readonly isTagged: boolean }

export function readPdf(bytes: Uint8Array): ReadPdf {
  const folder = mkdtempSync(join(tmpdir(), 'arinomama-pdf-'))
  try {
    const path = join(folder, 'report.pdf')
    writeFileSync(path, bytes)
    const info = run('pdfinfo', [path])
    return {
      text: run('pdftotext', [path, '-']),
      pages: Number(/^Pages:\s+([0-9]+)$/m.exec(info)?.[1]),
      isTagged: /^Tagged:\s+yes$/m.test(info),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error !== undefined || status !== 0) {
    throw new Error(`${program} gave ${status}`, { cause: error })
  }
  return stdout
}
