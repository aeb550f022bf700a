import { openTestEngine } from '../../testing.ts'
import { accountProjections, openAccounts } from './accounts.ts'

/** For tests of the engine: who, and the commands of the room `accounts` in short. */
export const by = { by: 'per_1' }

export const open = (account: string) =>
  ({ type: 'open', account, holder: 'per_1', name: '佐藤 花子' }) as const
export const deposit = (account: string, amount: number) =>
  ({ type: 'deposit', account, amount }) as const
export const withdraw = (account: string, amount: number) =>
  ({ type: 'withdraw', account, amount }) as const
export const erase = (person: string) => ({ type: 'erase', account: person, person }) as const

/** A test engine with the room `accounts` open. */
export async function openAccountEngine(
  options: Partial<Parameters<typeof openTestEngine>[0]> = {},
) {
  const test = await openTestEngine({ projections: accountProjections, ...options })
  return { ...test, accounts: openAccounts(test.engine) }
}
