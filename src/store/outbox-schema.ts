/**
 * Mail that waits to be delivered or was; no part of the ledger, for it holds names, addresses and
 * links. It is forgotten after 30 days.
 */
export const outboxSchema = `
  create table ledger.outbox (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    recipient text not null,
    subject text not null,
    body text,
    state text not null check (state in ('kept', 'waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz not null default now(),
    fault text
  );
  create index outbox_waiting on ledger.outbox (next_at) where state = 'waiting';
  `
