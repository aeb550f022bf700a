import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** The built pages, as files of one folder; `x.js.br` and `x.js.gz` beside `x.js` are its packed forms. */
export type StaticFiles = {
  /** The file at this path (`/assets/x.js`) for a client that accepts these encodings. */
  readonly file: (path: string, acceptEncoding: string) => Promise<StaticFile | null>
  /** `index.html`, whose styles may carry this nonce. */
  readonly page: (nonce: string) => Promise<string>
}

type StaticFile = { readonly bytes: Uint8Array; readonly headers: Record<string, string> }

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** Lists the folder once: only what was there is ever read, so no path can lead out of it. */
export async function openStaticFiles(folder: string): Promise<StaticFiles> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  )
  const kept = new Map<string, Promise<Uint8Array>>()
  const read = (path: string) => {
    const bytes = kept.get(path) ?? readFile(join(folder, path))
    kept.set(path, bytes)
    return bytes
  }
  return {
    async file(path, acceptEncoding) {
      const name = path.slice(1)
      if (!paths.has(name) || name === 'index.html' || /\.(br|gz)$/.test(name)) return null
      const packed = packings.find(
        ({ encoding, suffix }) =>
          new RegExp(`\\b${encoding}\\b`).test(acceptEncoding) && paths.has(name + suffix),
      )
      const headers = headersOf(name)
      if (packed === undefined) return { bytes: await read(name), headers }
      headers['content-encoding'] = packed.encoding
      return { bytes: await read(name + packed.suffix), headers }
    },
    async page(nonce) {
      const html = new TextDecoder().decode(await read('index.html'))
      return html.replaceAll('__CSP_NONCE__', nonce)
    },
  }
}

const packings = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const

/** Names in `assets/` hold a hash of their content: they never change. */
function headersOf(name: string): Record<string, string> {
  return {
    'content-type': mediaTypes[extname(name)] ?? 'application/octet-stream',
    'cache-control': name.startsWith('assets/')
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=300',
    vary: 'accept-encoding',
  }
}
