import { createHmac } from 'node:crypto'
import type { Session, SessionStore } from '../app/access/sessions.ts'
import { askPool, openPool, type Connecting } from './connections.ts'

export type PostgresSessions = SessionStore & { readonly close: () => Promise<void> }

const connectionsMax = 2
/** What is older can never be valid again; it is swept out when somebody signs in. */
const keptMs = 48 * 3_600_000

/** Sessions that every node knows and that outlive a restart. */
export function openSessions(connecting: Connecting, key: Uint8Array): PostgresSessions {
  const sealOf = (hash: string, { person, credentialId, startedMs }: Session) =>
    createHmac('sha256', key)
      .update(JSON.stringify([hash, person, credentialId, startedMs]))
      .digest('base64url')
  const pool = openPool(connecting, 'arinomama sessions', connectionsMax)
  const run = (name: string, text: string, values: readonly unknown[]) =>
    askPool<Session & { seal: string }>(pool, { name, text, values: [...values] })
  return {
    async get(hash) {
      const rows = await run(
        'session-get',
        `select person, credential_id as "credentialId", started_ms as "startedMs",
                last_seen_ms as "lastSeenMs", seal
           from ledger.sessions where hash = $1`,
        [hash],
      )
      const row = rows[0]
      if (row === undefined) return null
      const { seal, ...session } = row
      return seal === sealOf(hash, session) ? session : null
    },
    async put(hash, session) {
      const { person, credentialId, startedMs, lastSeenMs } = session
      await run(
        'session-put',
        `insert into ledger.sessions (hash, person, credential_id, started_ms, last_seen_ms, seal)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (hash) do update set last_seen_ms = excluded.last_seen_ms`,
        [hash, person, credentialId, startedMs, lastSeenMs, sealOf(hash, session)],
      )
      if (startedMs !== lastSeenMs) return
      await run('session-sweep', 'delete from ledger.sessions where started_ms < $1', [
        startedMs - keptMs,
      ])
    },
    async delete(hash) {
      await run('session-delete', 'delete from ledger.sessions where hash = $1', [hash])
    },
    async deletePerson(person) {
      await run('session-end', 'delete from ledger.sessions where person = $1', [person])
    },
    close: () => pool.end(),
  }
}
