import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The pages: one `index.html` and hashed assets. Nothing is inlined, because the server sends
 * `default-src 'self'`: a data URI or an inline script would be refused by the browser.
 */
export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    proxy: {
      '/api': process.env['ARINOMAMA_API'] ?? 'http://127.0.0.1:8420',
      '/openapi.json': process.env['ARINOMAMA_API'] ?? 'http://127.0.0.1:8420',
    },
  },
})
