/**
 * `npm run drill:crash`: kills the program hundreds of times while clients append, at every named
 * step of an entry's way and at random moments, its PostgreSQL included. Afterwards every
 * acknowledged entry must be there exactly once, in the acknowledged order, and everything must
 * verify. `ROUNDS=1000 SEED=7 npm run drill:crash` repeats another one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  formatVerifierKey,
  generateKey,
  parseSigningKey,
  parseVerifierKey,
} from '../src/ledger/keys.ts'
import { openWitness } from '../src/ledger/witness-folder.ts'
import { witnessServer } from '../src/ledger/witness-server.ts'
import { vkeyOf } from '../src/store/key-folder.ts'
import { drill, firstStart, planKills, seeded, verifyAfter } from '../test/ledger/drill/drill.ts'
import { judge } from '../test/ledger/drill/judge.ts'

const rounds = Number(process.env['ROUNDS'] ?? 300)
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const clients = 8

const say = (line: string) => void process.stdout.write(`${line}\n`)
const data = mkdtempSync(join(tmpdir(), 'arinomama-drill-'))
say(`${rounds} kills, ${clients} clients, SEED=${seed}`)
const started = performance.now()
const random = seeded(seed)

await firstStart({ data })
const key = parseSigningKey(generateKey('witness.example/drill', 'cosignature').skey)
const logs = [parseVerifierKey(vkeyOf(data) ?? '')]
const witness = openWitness({
  folder: join(data, 'witness'),
  key,
  logs,
  nowS: () => Math.floor(Date.now() / 1000),
})
const server = witnessServer(witness, { key: key.verifier, logs, onAnswer: () => {} })
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
const { port } = server.address() as AddressInfo
const url = `http://127.0.0.1:${port}/`
const witnessPolicy = `witness w1 ${formatVerifierKey(key.verifier)} ${url}\nquorum w1\n`

const result = await drill({
  program: { data, witnessPolicy },
  kills: planKills(rounds, random, true),
  clients,
  random,
  onRound: (round, kill) => {
    if (round % 10 === 0) say(`${round} / ${rounds}  ${kill}`)
  },
})
const { size, findings } = await verifyAfter({ data, witnessPolicy })
const wrong = [...findings, ...(await judge(data, result))]
server.closeAllConnections()
server.close()

const acknowledged = result.acknowledged.flat()
const entries = acknowledged.reduce((sum, { notes }) => sum + notes.length, 0)
for (const [kill, times] of [...result.kills].sort(([a], [b]) => a.localeCompare(b)))
  say(`  ${String(times).padStart(4)}  ${kill}`)
say(`${acknowledged.length} commands with ${entries} entries acknowledged; the ledger has ${size}`)
say(`${Math.round((performance.now() - started) / 1000)} s`)
for (const line of wrong.slice(0, 100)) say(`WRONG: ${line}`)
if (wrong.length > 0) {
  say(`the data is kept in ${data}`)
  process.exitCode = 1
} else {
  rmSync(data, { recursive: true })
  say('every acknowledged entry is there exactly once, in its order, and everything verifies')
}
