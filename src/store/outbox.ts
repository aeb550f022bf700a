import type { KeptMail, Mail, Outbox } from '../app/ports.ts'
import { askPool, openPool, type Connecting } from './connections.ts'

/** Hands one mail to a server; throws a `DeliveryFault` when it was not taken. */
export type Transport = (mail: Mail) => Promise<void>

/** Why a mail was not taken: a short code without address or secret. */
export class DeliveryFault extends Error {
  override readonly name = 'DeliveryFault'
  readonly code: string
  /** Trying again cannot help: the address does not exist. */
  readonly isFinal: boolean

  constructor(code: string, isFinal: boolean) {
    super(`mail was not taken: ${code}`)
    this.code = code
    this.isFinal = isFinal
  }
}

export type PostgresOutbox = Outbox & { readonly close: () => Promise<void> }

const connectionsMax = 2
const perRunMax = 20
const attemptsMax = 12
const listedMax = 500
const bodyCharactersMax = 20_000

/**
 * Mail is taken in one row and delivered afterwards: a server that is down delays it and loses
 * nothing. With several nodes each row is one node's at a time; a mail can arrive twice, never not.
 */
export function openOutbox(connecting: Connecting, transport: Transport | null): PostgresOutbox {
  const pool = openPool(connecting, 'arinomama outbox', connectionsMax)
  const run = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    askPool<Row>(pool, { text, values: [...values] })
  return {
    delivery: transport === null ? 'outbox' : 'smtp',
    async send({ to, subject, text }) {
      if (text.length > bodyCharactersMax) throw new Error('this mail is too long')
      const state = transport === null ? 'kept' : 'waiting'
      await run(
        'insert into ledger.outbox (recipient, subject, body, state) values ($1, $2, $3, $4)',
        [to, subject, text, state],
      )
    },
    list: () => run<KeptMail>(listed, [listedMax]),
    async deliver() {
      await run(`delete from ledger.outbox where at < now() - interval '30 days'`)
      if (transport === null) return
      for (const row of await run<Waiting>(claim, [perRunMax])) {
        const [text, values] = await attempt(transport, row)
        await run(text, values)
      }
    },
    close: () => pool.end(),
  }
}

type Waiting = {
  readonly id: number
  readonly recipient: string
  readonly subject: string
  readonly body: string
  readonly attempts: number
}

const listed = `
  select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
         recipient as "to", subject, body as text, state, attempts, fault
    from ledger.outbox order by id desc limit $1`

/** Whoever claims a row has two minutes; then another may try. */
const claim = `
  update ledger.outbox set attempts = attempts + 1, next_at = now() + interval '2 minutes'
   where id in (select id from ledger.outbox where state = 'waiting' and next_at <= now()
                 order by next_at limit $1 for update skip locked)
  returning id, recipient, subject, body, attempts`

async function attempt(
  transport: Transport,
  { id, recipient, subject, body, attempts }: Waiting,
): Promise<[string, readonly unknown[]]> {
  try {
    await transport({ to: recipient, subject, text: body })
    // The link in it is the reader's alone from now on.
    return [
      `update ledger.outbox set state = 'sent', body = null, fault = null where id = $1`,
      [id],
    ]
  } catch (error) {
    const fault = error instanceof DeliveryFault ? error : new DeliveryFault('unknown', false)
    const ends = fault.isFinal || attempts >= attemptsMax
    const minutes = Math.min(2 ** (attempts - 1), 60)
    return [
      `update ledger.outbox set state = $2, fault = $3, next_at = now() + $4 * interval '1 minute'
        where id = $1`,
      [id, ends ? 'failed' : 'waiting', fault.code, minutes],
    ]
  }
}
