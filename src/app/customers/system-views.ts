import {
  contractLabel,
  customerDocument,
  readJson,
  systemDocument,
  type SystemDocument,
} from '../../domain/customers/documents.ts'
import type { CustomersEvent } from '../../domain/customers/events.ts'
import { defineProjection, reads, type Origin, type ViewWriter } from '../projection.ts'
import { customersRoom } from './room.ts'

/** Customers, their contracts, and what they run. `host` is the principal's host: `db1.acme`. */
export const systemsView = defineProjection({
  name: 'customers',
  version: 1,
  tables: [
    'customers',
    'customer_contracts',
    'customer_systems',
    'customer_environments',
    'customer_hosts',
    'customer_accounts',
  ],
  ddl: `
    create table customers (
      customer text primary key,
      name_ja text not null,
      name_en text not null,
      since date not null,
      version int not null,
      state text not null,
      registered_at timestamptz,
      seq bigint not null
    );
    create table customer_contracts (
      contract text primary key,
      customer text not null,
      title text not null,
      file_name text not null,
      file text not null,
      signed_on date not null,
      until_day date,
      registered_by text not null,
      seq bigint not null
    );
    create table customer_systems (
      system text primary key,
      customer text not null,
      name_ja text not null,
      name_en text not null,
      version int not null,
      document text not null,
      state text not null,
      seq bigint not null
    );
    create index on customer_systems (customer);
    create table customer_environments (
      system text not null,
      environment text not null,
      production boolean not null,
      primary key (system, environment)
    );
    create table customer_hosts (
      system text not null,
      host text not null,
      customer text not null,
      environment text not null,
      production boolean not null,
      address text not null,
      port int not null,
      principals text[] not null,
      host_key text,
      seq bigint not null,
      primary key (system, host)
    );
    create index on customer_hosts (host);
    create table customer_accounts (
      system text not null,
      number text not null,
      customer text not null,
      environment text not null,
      production boolean not null,
      roles text[] not null,
      seq bigint not null,
      primary key (system, number)
    );`,
  readers: [reads(customersRoom, apply)],
})

async function apply(event: CustomersEvent, origin: Origin, view: ViewWriter): Promise<void> {
  const { seq, by, effectiveAt } = origin
  if (event.type === 'customers.described.v1') {
    const { customer, version } = event
    const { name, since } = customerDocument.parse(readJson(await view.blob(event.document)))
    const said = { name_ja: name.ja, name_en: name.en, since, version, seq }
    if (version > 1) return view.patch('customers', { customer }, said)
    const row = { customer, ...said, state: 'active', registered_at: effectiveAt }
    return view.put('customers', row)
  }
  if (event.type === 'customers.ended.v1') {
    return view.patch('customers', { customer: event.customer }, { state: 'ended', seq })
  }
  if (event.type === 'customers.contract-registered.v1') {
    const { customer, contract, file, signedOn, until } = event
    const label = contractLabel.parse(readJson(await view.blob(event.label)))
    return view.put('customer_contracts', {
      contract,
      customer,
      title: label.title,
      file_name: label.fileName,
      file,
      signed_on: signedOn,
      until_day: until,
      registered_by: by,
      seq,
    })
  }
  if (event.type === 'customers.system-described.v1') {
    const { customer, system, version } = event
    const document = systemDocument.parse(readJson(await view.blob(event.document)))
    await emptied(system, view)
    await view.put('customer_systems', {
      system,
      customer,
      name_ja: document.name.ja,
      name_en: document.name.en,
      version,
      document: event.document,
      state: 'active',
      seq,
    })
    return filled({ customer, system, seq }, document, view)
  }
  if (event.type === 'customers.system-retired.v1') {
    await emptied(event.system, view)
    return view.patch('customer_systems', { system: event.system }, { state: 'retired', seq })
  }
}

async function emptied(system: string, view: ViewWriter): Promise<void> {
  for (const table of ['customer_environments', 'customer_hosts', 'customer_accounts']) {
    await view.remove(table, { system })
  }
}

async function filled(
  { customer, system, seq }: { customer: string; system: string; seq: number },
  { environments, hosts, accounts }: SystemDocument,
  view: ViewWriter,
): Promise<void> {
  const isProduction = new Map(environments.map(({ code, production }) => [code, production]))
  for (const { code, production } of environments) {
    await view.put('customer_environments', { system, environment: code, production })
  }
  for (const host of hosts) {
    await view.put('customer_hosts', {
      system,
      host: `${host.name}.${customer}`,
      customer,
      environment: host.environment,
      production: isProduction.get(host.environment) ?? true,
      address: host.address,
      port: host.port,
      principals: host.principals,
      host_key: host.hostKey,
      seq,
    })
  }
  for (const { number, environment, roles } of accounts) {
    const production = isProduction.get(environment) ?? true
    const row = { system, number, customer, environment, production, roles, seq }
    await view.put('customer_accounts', row)
  }
}
