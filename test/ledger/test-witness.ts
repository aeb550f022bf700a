import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { generateKey, parseSigningKey, parseVerifierKey } from '../../src/ledger/keys.ts'
import { openWitness } from '../../src/ledger/witness-folder.ts'
import { witnessServer } from '../../src/ledger/witness-server.ts'
import { temporaryFolder } from './test-ledger.ts'

export type TestWitness = {
  readonly url: string
  readonly vkey: string
  /** A policy in which this witness alone is the quorum. */
  readonly policy: Buffer
  /** From now on it knows the log. */
  readonly knows: (vkey: string) => Promise<void>
  readonly stop: () => Promise<void>
  readonly answers: string[]
}

/** The real witness in this process, on a folder of its own and a free port. */
export async function startWitness(name = 'witness.example/w1'): Promise<TestWitness> {
  const { skey, vkey } = generateKey(name, 'cosignature')
  const key = parseSigningKey(skey)
  const folder = temporaryFolder()
  const answers: string[] = []
  const logs: ReturnType<typeof parseVerifierKey>[] = []
  const open = () => openWitness({ folder, key, logs, nowS: () => Math.floor(Date.now() / 1000) })
  let witness = open()
  const server = witnessServer(
    {
      addCheckpoint: (request) => witness.addCheckpoint(request),
      read: (path) => witness.read(path),
    },
    { key: key.verifier, logs, onAnswer: (line) => answers.push(line) },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(stop)
  return {
    url,
    vkey,
    answers,
    policy: Buffer.from(`witness w1 ${vkey} ${url}\nquorum w1\n`),
    async knows(log) {
      logs.push(parseVerifierKey(log))
      witness = open()
    },
    stop,
  }
}
