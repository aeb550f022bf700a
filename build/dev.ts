/**
 * `npm run dev`: the server, restarted when its sources change, and Vite with live reload before
 * it. Browsers open Vite's address; passkeys belong to the name `localhost` whatever the port.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('../', import.meta.url))
const apiPort = process.env['PORT'] ?? '8420'

const vite = await createServer({
  configFile: `${root}src/web/vite.config.ts`,
  server: {
    proxy: Object.fromEntries(
      ['/api', '/api-docs', '/openapi.json', '/ledger/'].map((path) => [
        path,
        `http://127.0.0.1:${apiPort}`,
      ]),
    ),
  },
})
await vite.listen()
const origin = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? 'http://localhost:5173'

/** Vite watches the pages itself. */
const watched = readdirSync(`${root}src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'web')
  .map((entry) => `--watch-path=src/${entry.name}`)
const server = spawn(
  process.execPath,
  [
    ...watched,
    '--watch-path=content',
    '--watch-preserve-output',
    'src/main.ts',
    'start',
    '--api-only',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: apiPort, ARINOMAMA_ORIGIN: origin },
  },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.kill(signal)
    void vite.close()
  })
}
server.once('exit', () => {
  void vite.close()
})
