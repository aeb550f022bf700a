import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { Client, Control, type Entry, type SearchOptions } from 'ldapts'
import type { DirectoryTarget } from '../../domain/directory/target.ts'

/** Active Directory gives at most 1,000 entries a page. */
const PAGE_SIZE = 500
const CONNECT_TIMEOUT_MS = 15_000
const OPERATION_TIMEOUT_MS = 120_000
const ENTRIES_MAX = 500_000

export type Connection = {
  /** Every page of it; referrals to other directories are not followed. */
  readonly search: (base: string, options: SearchOptions, control?: Control) => Promise<Entry[]>
  readonly one: (base: string, attributes: string[]) => Promise<Entry | null>
}

/** Raised when there is more than is ever read at once. */
export class TooLarge extends Error {}

const buffers = ['objectGUID', 'objectSid', 'invocationId']

/** The control with which deleted objects are shown. */
export function showDeleted(): Control {
  return new Control('1.2.840.113556.1.4.417', { critical: true })
}

/**
 * Binds over an encrypted connection whose certificate is checked, does the work, and unbinds in any
 * case: a connection that is left open would keep the process alive.
 */
export async function withConnection<T>(
  target: DirectoryTarget,
  password: string,
  signal: AbortSignal | undefined,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { host, port, encryption, authority, serverName } = target
  const isPlainHost = !host.includes(':')
  const tlsOptions = {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2' as const,
    servername: serverName ?? (/^[\d.]+$/.test(host) || !isPlainHost ? undefined : host),
    checkServerIdentity: (_: string, certificate: PeerCertificate) =>
      checkServerIdentity(serverName ?? host, certificate),
    ...(authority === null ? {} : { ca: [authority] }),
  }
  const scheme = encryption === 'ldaps' ? 'ldaps' : 'ldap'
  const client = new Client({
    url: `${scheme}://${isPlainHost ? host : `[${host}]`}:${port}`,
    timeout: OPERATION_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    strictDN: false,
    ...(encryption === 'ldaps' ? { tlsOptions } : {}),
  })
  const end = () => void client.unbind().catch(() => {})
  signal?.addEventListener('abort', end)
  try {
    signal?.throwIfAborted()
    if (encryption === 'start-tls') await client.startTLS(tlsOptions)
    await client.bind(target.bindName, password)
    return await work(connectionOn(client))
  } finally {
    signal?.removeEventListener('abort', end)
    await client.unbind().catch(() => {})
  }
}

function connectionOn(client: Client): Connection {
  return {
    async search(base, options, control) {
      const found: Entry[] = []
      const pages = client.searchPaginated(
        base,
        {
          scope: 'sub',
          derefAliases: 'never',
          ...options,
          paged: { pageSize: PAGE_SIZE },
          explicitBufferAttributes: buffers,
        },
        control,
      )
      for await (const page of pages) {
        found.push(...page.searchEntries)
        if (found.length > ENTRIES_MAX) throw new TooLarge(`more than ${ENTRIES_MAX} entries`)
      }
      return found
    },
    async one(base, attributes) {
      const { searchEntries } = await client.search(base, {
        scope: 'base',
        filter: '(objectClass=*)',
        attributes,
        explicitBufferAttributes: buffers,
      })
      return searchEntries[0] ?? null
    },
  }
}
