import { readFileSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { Api } from '../contract/client.ts'
import type { Route } from '../contract/route.ts'
import { exitStatusHelp } from './exit-status.ts'
import { UsageError } from './ledger-trust.ts'

/** A command that asks a running server. Its permission is that of the routes it calls. */
export type ApiCommand = {
  /** As it is typed: `report type1`. */
  readonly name: string
  readonly routes: readonly Route[]
  readonly register: (parent: Command) => void
}

export const apiHelp = `
The server is the one at ARINOMAMA_URL (http://localhost:8420 when absent); the API token in
ARINOMAMA_TOKEN says who asks. Make one in the settings, with the scopes that the command needs.
${exitStatusHelp}`

/** The server that the environment names. Throws `UsageError` without a token. */
export function connectApi(): Api {
  const token = process.env['ARINOMAMA_TOKEN'] ?? ''
  if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) {
    throw new UsageError('give an API token in ARINOMAMA_TOKEN; make one in the settings')
  }
  const given = process.env['ARINOMAMA_URL'] ?? 'http://localhost:8420'
  if (!URL.canParse(given)) throw new UsageError(`ARINOMAMA_URL is not an address: ${given}`)
  const { origin, protocol, hostname } = new URL(given)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !isHere) {
    throw new UsageError('a token goes over https only, except to this machine')
  }
  return new Api({ origin, token })
}

/** A file to send, refused before it is read when it is larger than the route takes. */
export function readUpload(path: string, bytesMax: number): Uint8Array {
  let size
  try {
    size = statSync(path).size
    if (size <= bytesMax) return readFileSync(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${path} cannot be read: ${why}`, { cause: error })
  }
  throw new UsageError(`${path} has ${size} bytes; at most ${bytesMax} are taken`)
}

/** Rows as aligned columns; wide characters count two. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))
    })
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/
