/** The part of schema `ledger` that says what was integrated, signed and published. */
export const publicationSchema = `
  -- Whose ledger this is. The key never changes: another one is another ledger.
  create table ledger.identity (
    id integer primary key check (id = 1),
    origin text not null,
    vkey text not null
  );

  -- How far each storage has been filled with bundles and tiles.
  create table ledger.storages (
    name text primary key,
    size bigint not null,
    root bytea not null check (octet_length(root) = 32)
  );

  -- Every checkpoint that was signed, for ever: reports and old copies are held against them.
  create table ledger.checkpoints (
    size bigint primary key,
    root bytea not null check (octet_length(root) = 32),
    text text not null,
    signed_at timestamptz not null,
    published_at timestamptz
  );
  create index checkpoints_published on ledger.checkpoints (size) where published_at is not null;
`
