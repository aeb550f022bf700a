import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { openCheckpoint } from '../ledger/checkpoint.ts'
import { decodeBundle } from '../ledger/entry-bundle.ts'
import { formatVerifierKey, parseVerifierKey } from '../ledger/keys.ts'
import { formatProof, verifyProof } from '../ledger/proof.ts'
import { parseSource, readerOf } from '../ledger/source.ts'
import { CHECKPOINT_PATH, readBundle } from '../ledger/tile-reader.ts'
import { TILE_WIDTH } from '../ledger/tile.ts'
import { proveEntry } from '../ledger/tiles.ts'
import { exitStatus, exitStatusHelp } from './exit-status.ts'
import { UsageError, policyOfKey, trustOf } from './ledger-trust.ts'
import type { TrustOptions } from './ledger-trust.ts'
import { finish, runCommand } from './outcome.ts'

type Options = TrustOptions & {
  readonly source?: string
  readonly data: string
  readonly out: string
  readonly json?: boolean
}

export function proveCommand(
  ledger: Command,
  needs: {
    readonly dataFolder: () => string
    readonly vkeyOf: (dataFolder: string) => Promise<string | undefined>
  },
): void {
  ledger
    .command('prove <entry>')
    .description('Write an entry and the proof that it is in the ledger (.tlog-proof)')
    .option('--source <folder or URL>', 'the ledger; that of the data folder when absent')
    .option('--policy <file>', 'a tlog-policy file: logs, witnesses, quorum')
    .option('--vkey <key>', 'the verifier key of the log')
    .option('--data <folder>', 'the data folder', needs.dataFolder())
    .option('--out <folder>', 'where the two files go', '.')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', exitStatusHelp)
    .action(async (entry: string, options: Options) => {
      await runCommand(async () => {
        const own = options.source === undefined ? await needs.vkeyOf(options.data) : undefined
        await prove(indexOf(entry), options, own)
      })
    })
}

function indexOf(text: string): number {
  if (/^(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  throw new UsageError(`${text} is not the index of an entry: a number from 0 on`)
}

async function prove(index: number, options: Options, own: string | undefined): Promise<void> {
  const policy = trustOf(options) ?? (own === undefined ? undefined : policyOfKey(own))
  if (policy === undefined) {
    throw new UsageError('say whose signature counts: --vkey KEY or --policy FILE')
  }
  const read = readerOf(parseSource(options.source ?? join(options.data, 'ledger')))
  const checkpoint = await read(CHECKPOINT_PATH)
  const opened = openCheckpoint(
    checkpoint,
    policy.logs.map(({ key }) => key),
    [],
  )
  const head = opened.checkpoint
  if (index >= head.size) {
    throw new UsageError(
      `the published ledger has ${head.size} entries; there is no entry ${index}`,
    )
  }
  const hashes = await proveEntry(read, head, index)
  const { bundle } = await readBundle(read, head.size, Math.floor(index / TILE_WIDTH))
  const entry = decodeBundle(bundle)[index % TILE_WIDTH]
  if (entry === undefined) throw new Error(`the bundle of entry ${index} is short`)
  const log = opened.logSignatures[0]?.key
  const vkey = log === undefined ? '' : formatVerifierKey(log)
  const proof = formatProof({ extra: Buffer.from(vkey), index, hashes, checkpoint })
  // Checked like whoever gets it will check it, before it is given away.
  verifyProof(proof, entry, { ...policy, quorum: 'none' })
  mkdirSync(options.out, { recursive: true })
  const paths = {
    proof: join(options.out, `entry-${index}.tlog-proof`),
    entry: join(options.out, `entry-${index}.json`),
  }
  writeFileSync(paths.proof, proof)
  writeFileSync(paths.entry, entry)
  const { size } = head
  if (options.json === true) {
    return finish(
      exitStatus.right,
      `${JSON.stringify({ ok: true, index, size, vkey, ...paths })}\n`,
    )
  }
  finish(
    exitStatus.right,
    `Entry ${index} is proven in the ledger of ${size} entries.\n  ${paths.proof}\n  ${paths.entry}\n` +
      `Check it anywhere with: arinomama ledger check ${paths.proof} --vkey ${vkey}\n`,
  )
}

/** The key that a proof brings along in its unauthenticated part, if it is one. */
export function vkeyInExtra(extra: Uint8Array | undefined): string | undefined {
  if (extra === undefined) return undefined
  try {
    return formatVerifierKey(parseVerifierKey(Buffer.from(extra).toString('utf8')))
  } catch {
    return undefined
  }
}
