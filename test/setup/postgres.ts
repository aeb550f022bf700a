import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/store/postgres/embedded-postgres.ts'
import type { Connection, EmbeddedPostgres } from '../../src/store/postgres/embedded-postgres.ts'
import { migrate } from '../../src/store/schema.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL; `database` is the template that test databases are copied from. */
    readonly postgres: Connection
  }
}

let server: EmbeddedPostgres | null = null
let folder = ''

/**
 * One PostgreSQL for the whole run. It need not survive a power cut, so it does not wait for the
 * disk; tests of durability start their own.
 */
export async function setup(project: TestProject) {
  folder = mkdtempSync(join(tmpdir(), 'arinomama-test-'))
  const settings = { fsync: 'off', synchronous_commit: 'off', max_connections: '300' }
  server = await startEmbeddedPostgres({ dataFolder: folder, settings })
  const template = { ...server.connection, database: 'template_ledger' }
  const admin = new Client(server.connection)
  await admin.connect()
  await admin.query(`create database ${template.database}`)
  await admin.end()
  const client = new Client(template)
  await client.connect()
  await migrate(client, { unsafe: true })
  await client.end()
  project.provide('postgres', template)
}

export async function teardown() {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
