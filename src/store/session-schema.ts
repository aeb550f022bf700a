/**
 * Sessions are no part of the ledger: that somebody signed in and out is. They need not survive a
 * crash, so they cost no log of their own. Each carries a seal under a key that is not in the
 * database: whoever can write rows cannot make himself somebody's session.
 */
export const sessionSchema = `
  create unlogged table ledger.sessions (
    hash text primary key,
    person text not null,
    credential_id text not null,
    started_ms bigint not null,
    last_seen_ms bigint not null,
    seal text not null
  );
  create index sessions_person on ledger.sessions (person);
  `
