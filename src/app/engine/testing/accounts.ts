import { z } from 'zod'
import { refuse } from '../../../domain/decider.ts'
import type { Decider } from '../../../domain/decider.ts'
import { defineProjection, reads } from '../../projection.ts'
import { defineRoom } from '../../room.ts'
import type { Engine } from '../engine.ts'

/** A room for tests of the engine itself: accounts that hold an amount and have an owner. */
const event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('accounts.opened.v2'),
    account: z.string(),
    holder: z.string(),
    name: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('accounts.deposited.v1'),
    account: z.string(),
    amount: z.number(),
  }),
  z.strictObject({
    type: z.literal('accounts.withdrawn.v1'),
    account: z.string(),
    amount: z.number(),
  }),
  z.strictObject({ type: z.literal('accounts.closed.v1'), account: z.string() }),
  z.strictObject({ type: z.literal('accounts.holder-erased.v1'), person: z.string() }),
])
type AccountEvent = z.infer<typeof event>

export type AccountCommand =
  | { type: 'open'; account: string; holder: string; name: string }
  | { type: 'deposit'; account: string; amount: number }
  | { type: 'withdraw'; account: string; amount: number }
  | { type: 'close'; account: string }
  | { type: 'erase'; account: string; person: string }
  | { type: 'touch'; account: string }
  | { type: 'break'; account: string }

type AccountState =
  | { state: 'absent' }
  | { state: 'open'; balance: number; name: string | null }
  | { state: 'closed' }

type Code = 'account-open' | 'account-unknown' | 'too-little'

const decider: Decider<AccountCommand, AccountState, AccountEvent, Code> = {
  initial: { state: 'absent' },
  decide(command, now) {
    const { account } = command
    if (command.type === 'open') {
      if (now.state === 'open') return refuse('account-open', account)
      const { holder, name } = command
      return [{ type: 'accounts.opened.v2', account, holder, name }]
    }
    if (command.type === 'erase') {
      return [{ type: 'accounts.holder-erased.v1', person: command.person }]
    }
    if (now.state !== 'open') return refuse('account-unknown', account)
    switch (command.type) {
      case 'deposit':
        return [{ type: 'accounts.deposited.v1', account, amount: command.amount }]
      case 'withdraw':
        if (now.balance < command.amount) return refuse('too-little', account)
        return [{ type: 'accounts.withdrawn.v1', account, amount: command.amount }]
      case 'close':
        return [
          { type: 'accounts.withdrawn.v1', account, amount: now.balance },
          { type: 'accounts.closed.v1', account },
        ]
      case 'touch':
        return []
      case 'break':
        throw new Error('a bug')
    }
  },
  evolve(now, event) {
    const balance = now.state === 'open' ? now.balance : 0
    const name = now.state === 'open' ? now.name : null
    switch (event.type) {
      case 'accounts.opened.v2':
        return { state: 'open', balance: 0, name: event.name }
      case 'accounts.deposited.v1':
        return { state: 'open', balance: balance + event.amount, name }
      case 'accounts.withdrawn.v1':
        return { state: 'open', balance: balance - event.amount, name }
      case 'accounts.closed.v1':
        return { state: 'closed' }
      case 'accounts.holder-erased.v1':
        return now
    }
  },
}

export const accountRoom = defineRoom({
  name: 'accounts',
  decider,
  event,
  streamOf: ({ account }: AccountCommand) => account,
  personal: {
    'accounts.opened.v1': { subject: 'holder', fields: ['name'] },
    'accounts.opened.v2': { subject: 'holder', fields: ['name'] },
  },
  upcasts: {
    'accounts.opened.v1': (old) => ({ ...old, type: 'accounts.opened.v2' }),
  },
  erases: { 'accounts.holder-erased.v1': 'person' },
})

/** Balances fold amounts, so that applying an entry twice or in another order would show. */
const balances = defineProjection({
  name: 'balances',
  version: 1,
  tables: ['balances', 'movements'],
  ddl: `
    create table balances (
      account text primary key, holder text, name text, balance bigint not null,
      changed_at timestamptz not null, seq bigint not null
    );
    create table movements (
      seq bigint primary key, account text not null, kind text not null, amount bigint
    );`,
  readers: [
    reads(accountRoom, async (event, { seq, recordedAt }, view) => {
      switch (event.type) {
        case 'accounts.opened.v2': {
          const { account, holder, name } = event
          const row = { account, holder, name, balance: 0, changed_at: recordedAt, seq }
          return await view.put('balances', row)
        }
        case 'accounts.deposited.v1':
        case 'accounts.withdrawn.v1': {
          const { account, amount, type } = event
          const kind = type === 'accounts.deposited.v1' ? 'in' : 'out'
          await view.put('movements', { seq, account, kind, amount })
          const changes = { balance: amount, changed_at: recordedAt, seq }
          return await view.patch('balances', { account }, changes)
        }
        case 'accounts.closed.v1':
          await view.remove('movements', { account: event.account })
          return await view.remove('balances', { account: event.account })
        case 'accounts.holder-erased.v1':
          return
      }
    }),
  ],
})

export const accountProjections = [balances]

export function openAccounts(engine: Engine) {
  return engine.open(accountRoom)
}
