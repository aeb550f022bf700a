/** Sources of accounts and how they fared; what they show; whose each account is. */
export const sourceTables = `
    create table directory_sources (
      source text primary key,
      name text not null,
      connector text not null,
      target jsonb not null,
      state text not null,
      every_hours integer,
      added_by text not null,
      added_at timestamptz not null,
      removed_by text,
      removed_at timestamptz,
      removed_reason text,
      last_success_at timestamptz,
      last_full_at timestamptz,
      last_failure_at timestamptz,
      last_failure_code text,
      last_failure_message text,
      cursor text,
      previous text,
      seq bigint not null
    );
    create table directory_observations (
      source text not null,
      started_at timestamptz not null,
      ended_at timestamptz not null,
      outcome text not null,
      reading text,
      accounts integer not null,
      added integer not null,
      changed integer not null,
      gone integer not null,
      raw_sha256 text,
      code text,
      message text,
      observed_by text not null,
      seq bigint not null,
      primary key (source, seq)
    );`

export const accountTables = `
    create table directory_accounts (
      account text primary key,
      source text not null,
      id text not null,
      login text not null,
      name text,
      email text,
      employee_number text,
      kind text not null,
      state text not null,
      disabled_since timestamptz,
      gone_at timestamptz,
      first_seen_at timestamptz not null,
      created_at timestamptz,
      last_used_at timestamptz,
      never_used boolean,
      password_set_at timestamptz,
      flags text[] not null,
      mfa boolean,
      facts jsonb not null,
      seq bigint not null
    );
    create index on directory_accounts (source, id);
    create table directory_groups (
      source text not null,
      grp text not null,
      name text not null,
      privileged boolean not null,
      foreign_members integer not null,
      facts jsonb not null,
      seq bigint not null,
      primary key (source, grp)
    );
    create table directory_members (
      source text not null,
      grp text not null,
      member text not null,
      since timestamptz not null,
      seq bigint not null,
      primary key (source, grp, member)
    );
    create index on directory_members (source, member);
    create table directory_password_policies (
      source text not null,
      policy text not null,
      name text not null,
      precedence integer,
      min_length integer,
      history integer,
      complexity boolean,
      reversible boolean,
      max_age_days numeric,
      min_age_days numeric,
      lock_after integer,
      lock_minutes numeric,
      window_minutes numeric,
      applies_to text[] not null,
      readable boolean not null,
      seq bigint not null,
      primary key (source, policy)
    );`

/** A row without a person was decided upon, too: the rules leave it alone. */
export const linkTables = `
    create table directory_links (
      account text primary key,
      source text not null,
      person text,
      use text not null,
      rule text not null,
      reason text,
      decided_by text not null,
      decided_at timestamptz not null,
      seq bigint not null
    );
    create index on directory_links (person);
    create table directory_moves (
      person text primary key,
      moved_at timestamptz not null,
      reviewed_at timestamptz,
      seq bigint not null
    );`
