import type pg from 'pg'
import { outboxSchema } from './outbox-schema.ts'
import { publicationSchema } from './publication-schema.ts'
import { sessionSchema } from './session-schema.ts'
import { StoreError } from './store-error.ts'

/**
 * The schema `ledger`: what cannot be rebuilt, in the steps by which it came to be. A step is never
 * edited; a change is a further step.
 *
 * The columns of `entries` beside `bytes` are copied from the bytes, so that streams are found by
 * an index; `verify` compares them.
 */
const steps: readonly string[] = [
  `
  create table ledger.head (
    id integer primary key check (id = 1),
    size bigint not null,
    last_at bigint not null,
    erasures bigint not null,
    views_epoch bigint not null
  ) with (fillfactor = 10);
  insert into ledger.head values (1, 0, 0, 0, 0);

  create table ledger.entries (
    seq bigint primary key check (seq >= 0),
    bytes bytea not null check (octet_length(bytes) between 1 and 65535),
    type text not null,
    stream text not null,
    by text not null,
    recorded_at timestamptz not null,
    effective_at timestamptz not null
  );
  create index entries_stream on ledger.entries (stream, seq);

  create table ledger.commands (
    id text primary key,
    first bigint,
    last bigint,
    check ((first is null) = (last is null) and first <= last)
  );

  -- A key that is null was deleted: the person is erased, and never gets another one.
  create table ledger.person_keys (
    person text primary key,
    key bytea check (octet_length(key) = 32)
  );

  create table ledger.projections (
    name text primary key,
    version integer not null,
    digest text not null,
    tables text[] not null
  );

  create schema views;
  `,
  publicationSchema,
  sessionSchema,
  outboxSchema,
]

const oldestVersion = 150_000

/**
 * Brings the schema up to date; several nodes may start at once. `unsafe` is for tests: a server
 * that does not wait for its disk will do.
 */
export async function migrate(
  client: pg.Client,
  options: { readonly unsafe?: boolean } = {},
): Promise<void> {
  requireFit(await readSettings(client), options.unsafe)
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock(7310042)')
    await client.query('create schema if not exists ledger')
    await client.query(
      `create table if not exists ledger.migrations (
         version integer primary key, applied_at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ version: number | null }>(
      'select max(version) as version from ledger.migrations',
    )
    const version = rows[0]?.version ?? 0
    if (version > steps.length) throw newer(version)
    for (const [index, step] of steps.entries()) {
      if (index < version) continue
      await client.query(step)
      await client.query('insert into ledger.migrations (version) values ($1)', [index + 1])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

type ServerSettings = Record<'version' | 'encoding' | 'fsync' | 'pages', string>

async function readSettings(client: pg.Client): Promise<ServerSettings> {
  const { rows } = await client.query<ServerSettings>(
    `select current_setting('server_version_num') as version,
            current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync,
            current_setting('full_page_writes') as pages`,
  )
  const [settings] = rows
  if (settings === undefined) throw new Error('the server tells nothing of itself')
  return settings
}

/** What an acknowledgement promises needs this much of the server. */
export function requireFit(found: ServerSettings, unsafe = false): void {
  if (Number(found.version) < oldestVersion) {
    throw new StoreError(
      'database-too-old',
      `The PostgreSQL server is version ${Math.floor(Number(found.version) / 10_000)}; ` +
        '15 or newer is needed. Upgrade it, or unset DATABASE_URL to use the one that is built in.',
    )
  }
  if (found.encoding !== 'UTF8') {
    throw new StoreError(
      'database-settings-unsafe',
      `The database's encoding is ${found.encoding}. Create one with encoding UTF8 and name it in ` +
        'DATABASE_URL.',
    )
  }
  if (!unsafe && (found.fsync !== 'on' || found.pages !== 'on')) {
    throw new StoreError(
      'database-settings-unsafe',
      'The PostgreSQL server runs with fsync or full_page_writes off: a power cut could take what ' +
        'was acknowledged. Turn both on, then start again.',
    )
  }
}

function newer(version: number): StoreError {
  return new StoreError(
    'database-newer',
    `The database was written by a newer version of this program (schema ${version}, known here: ` +
      `${steps.length}). Start that version.`,
  )
}
