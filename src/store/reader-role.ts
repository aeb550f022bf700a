import type { ClientBase } from 'pg'
import { identifier } from './connections.ts'

/**
 * The role under which views are read: it sees the schemas of views and nothing else. Persons' keys
 * and the server's files stay out of reach of a query, whatever it says.
 */
export const readerRole = 'arinomama_reader'

/**
 * Creates the role when that is allowed, and says whether this user may take it on. On a server
 * where it is not, reading is still confined to read-only transactions.
 */
export async function ensureReaderRole(client: ClientBase): Promise<boolean> {
  await attempt(client, `create role ${readerRole} nologin`)
  // Whoever creates a role may administer it, yet since PostgreSQL 16 not take it on unasked.
  await attempt(client, `grant ${readerRole} to current_user with set true`)
  return await attempt(client, `set local role ${readerRole}; set local role none`)
}

/** Lets the role read everything there is in a schema of views. */
export async function grantReading(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query('select from pg_roles where rolname = $1', [readerRole])
  if (rows.length === 0) return
  await client.query(`
    grant usage on schema ${identifier(schema)} to ${readerRole};
    grant select on all tables in schema ${identifier(schema)} to ${readerRole}`)
}

/** True when the statement went through; the transaction goes on in either case. */
async function attempt(client: ClientBase, statement: string): Promise<boolean> {
  await client.query('savepoint attempt')
  try {
    await client.query(statement)
    await client.query('release savepoint attempt')
    return true
  } catch {
    await client.query('rollback to savepoint attempt')
    return false
  }
}
