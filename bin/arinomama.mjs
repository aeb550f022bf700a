#!/usr/bin/env node
// Starts the program with the Node that `npm ci` brought, whatever Node runs this file:
// older ones cannot run TypeScript by themselves.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const brought = at('../node_modules/.bin/node')
const { status, signal } = spawnSync(
  existsSync(brought) ? brought : process.execPath,
  // Room for young objects (MiB): more of it takes memory and brings no speed, as measured.
  ['--max-semi-space-size=8', at('../src/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
if (signal) process.kill(process.pid, signal)
process.exitCode = status ?? 1
