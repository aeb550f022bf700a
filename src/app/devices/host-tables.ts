/**
 * Tables of what is known of machines. Each holds the machine as last observed; the past is in the
 * entries. A machine of which an area could not be read has no row in that area's table: unknown is
 * neither yes nor no. `seq` is the entry that showed it first as it is.
 */
export const hostTables = `
  create table hosts (
    host text primary key,
    hostname text not null,
    source text not null,
    state text not null,
    retired_reason text,
    observed_at timestamptz not null,
    unreadable integer not null,
    os_id text not null,
    os_version text not null,
    os_name text not null,
    support_ends date,
    kernel text not null,
    architecture text not null,
    virtualisation text,
    container boolean,
    booted_at timestamptz,
    reboot_pending boolean,
    observer text not null,
    observer_root boolean not null,
    seq bigint not null
  );
  create table host_areas (
    host text not null,
    area text not null,
    readable boolean not null,
    gaps jsonb not null,
    facts jsonb,
    sha256 text not null,
    seq bigint not null,
    primary key (host, area)
  );
  create table host_packages (
    host text primary key,
    manager text not null,
    packages integer not null,
    unsigned_sources text[],
    seq bigint not null
  );
  create table host_updates (
    host text primary key,
    lists_age_days integer,
    security_source boolean,
    pending integer not null,
    security integer,
    seq bigint not null
  );
  create table host_pending (
    host text not null,
    package text not null,
    installed text not null,
    candidate text not null,
    security boolean,
    since timestamptz,
    since_known boolean not null,
    seq bigint not null,
    primary key (host, package)
  );
  create table host_sockets (
    host text not null,
    protocol text not null,
    port integer not null,
    address text not null,
    process text,
    open boolean not null,
    seq bigint not null,
    primary key (host, protocol, port, address)
  );
  create table host_ssh (
    host text primary key,
    installed boolean not null,
    effective boolean not null,
    permit_root_login text,
    password_authentication text,
    kbd_interactive_authentication text,
    authentication_methods text,
    permit_empty_passwords text,
    max_auth_tries integer,
    x11_forwarding text,
    seq bigint not null
  );
  create table host_ssh_matches (
    host text not null,
    number integer not null,
    match text not null,
    keyword text not null,
    value text not null,
    seq bigint not null,
    primary key (host, number)
  );
  create table host_accounts (
    host text not null,
    account text not null,
    account_key text not null,
    uid bigint not null,
    shell text not null,
    interactive boolean not null,
    password text,
    scheme text,
    changed_on date,
    max_days integer,
    seq bigint not null,
    primary key (host, account)
  );
  create table host_sudo (
    host text not null,
    number integer not null,
    principal text not null,
    run_as text not null,
    commands text not null,
    without_password boolean not null,
    file text not null,
    seq bigint not null,
    primary key (host, number)
  );
  create table host_passwords (
    host text primary key,
    min_length integer,
    min_length_from text,
    lock_after integer,
    seq bigint not null
  );
  create table host_time (
    host text primary key,
    synchronised boolean,
    synchronised_by text,
    zone text,
    off_by_seconds bigint not null,
    seq bigint not null
  );
  create table host_volumes (
    host text not null,
    mount text not null,
    device text not null,
    type text not null,
    encrypted boolean,
    seq bigint not null,
    primary key (host, mount)
  );
  create table host_antivirus (
    host text primary key,
    installed boolean not null,
    version text,
    database_at timestamptz,
    running boolean not null,
    updating boolean not null,
    others text[] not null,
    seq bigint not null
  );
  create table host_audit (
    host text primary key,
    running boolean not null,
    enabled integer,
    rules integer,
    lost bigint,
    from_boot boolean,
    seq bigint not null
  );
  create table host_firewall (
    host text primary key,
    tool text,
    ipv4 boolean not null,
    ipv6 boolean not null,
    ipv6_in_use boolean not null,
    rules integer not null,
    seq bigint not null
  );
  create table host_ports (
    host text not null,
    protocol text not null,
    port integer not null,
    allowed boolean not null,
    reason text not null,
    declared_by text not null,
    declared_at timestamptz not null,
    seq bigint not null,
    primary key (host, protocol, port)
  );
  create table host_account_owners (
    host text not null,
    account_key text not null,
    person text,
    reason text not null,
    assigned_by text not null,
    assigned_at timestamptz not null,
    seq bigint not null,
    primary key (host, account_key)
  );`

export const hostTableNames = [...hostTables.matchAll(/create table (\w+)/g)].map(
  (found) => found[1] ?? '',
)
