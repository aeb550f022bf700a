import type { Entry } from 'ldapts'
import type {
  DirectoryConnector,
  DirectorySighting,
  Known,
  Shown,
} from '../../app/directory/connector.ts'
import type { Watch } from '../../app/devices/connector.ts'
import type { Text } from '../../domain/decider.ts'
import type { DirectoryTarget } from '../../domain/directory/target.ts'
import { withConnection } from './connection.ts'
import { failureOf } from './failure.ts'
import { readTree, type Tree } from './read-tree.ts'
import { shownOf } from './shown.ts'

const steps = {
  connecting: { ja: 'ディレクトリに接続しています', en: 'Connecting to the directory' },
  reading: { ja: 'アカウントとグループを読んでいます', en: 'Reading accounts and groups' },
  done: { ja: '前回と比べています', en: 'Comparing with the last time' },
} as const satisfies Record<string, Text>

/** An Active Directory (or Samba) domain, read over LDAP with an account that may only read. */
export const activeDirectory: DirectoryConnector = {
  observe: ({ target, password, known }, watch) => observe(target, password, known, watch),
}

async function observe(
  target: DirectoryTarget,
  password: string,
  known: Known | null,
  watch: Watch,
): Promise<DirectorySighting> {
  const startedAt = watch.now().toISOString()
  const step = (name: keyof typeof steps, done: number) => {
    watch.progress({ step: steps[name], done, of: 3 })
  }
  // A directory takes a bind without a password for one of nobody, and agrees.
  if (password === '') {
    return { outcome: 'failed', startedAt, endedAt: startedAt, code: 'secret-missing', detail: '' }
  }
  step('connecting', 0)
  try {
    const tree = await withConnection(target, password, watch.signal, (connection) => {
      step('reading', 1)
      return readTree(connection, target.baseDn, known?.cursor ?? null)
    })
    watch.signal?.throwIfAborted()
    step('done', 2)
    const shown: Shown = shownOf(tree, known, watch.now())
    const endedAt = watch.now().toISOString()
    return { outcome: 'observed', startedAt, endedAt, shown, raw: rawOf(tree) }
  } catch (error) {
    watch.signal?.throwIfAborted()
    const code = failureOf(error)
    if (code === null) throw error
    const detail = error instanceof Error ? error.message.replaceAll(/\p{Cc}+/gu, ' ') : ''
    return { outcome: 'failed', startedAt, endedAt: watch.now().toISOString(), code, detail }
  }
}

/** The entries as the directory answered them, one a line; bytes that are no text as hex. */
function rawOf({ top, entries, policies, deleted }: Tree): Uint8Array {
  const line = (entry: Entry) =>
    JSON.stringify(entry, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('type' in value)) return value
      const { type, data } = value as { type: unknown; data?: unknown }
      return type === 'Buffer' && Array.isArray(data)
        ? `hex:${Buffer.from(data).toString('hex')}`
        : value
    })
  const lines = [top, ...policies, ...entries, ...deleted].map(line)
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}
