import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { parseVerifierKey } from '../../src/ledger/keys.ts'
import { parseNote } from '../../src/ledger/note.ts'
import { flipBit } from '../../src/ledger/testing.ts'
import { decodeBundle, encodeBundle } from '../../src/ledger/entry-bundle.ts'
import { openTestLedger, temporaryFolder } from './test-ledger.ts'
import { startWitness } from './test-witness.ts'

const built = mkdtempSync(join(tmpdir(), 'arinomama-go-'))
const verifier = join(built, 'verify')
const why = buildVerifier()
afterAll(() => rmSync(built, { recursive: true }))

/** Builds the Go verifier, from the module proxy or from Debian's packages; else says why not. */
function buildVerifier(): string | undefined {
  const sources = fileURLToPath(new URL('./go/', import.meta.url))
  const folder = join(built, 'source')
  mkdirSync(folder)
  for (const name of ['main.go', 'go.mod', 'go.sum']) {
    copyFileSync(join(sources, name), join(folder, name))
  }
  const build = (env: Record<string, string>) =>
    spawnSync('go', ['build', '-o', verifier, '.'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'local', ...env },
    })
  const byModule = build({ GOFLAGS: '-mod=mod' })
  if (byModule.error !== undefined) return 'Go is not installed (Debian: golang-go)'
  if (byModule.status === 0) return undefined
  const byDebian = build({ GO111MODULE: 'off', GOPATH: '/usr/share/gocode' })
  if (byDebian.status === 0) return undefined
  return `golang.org/x/mod is neither reachable nor installed: ${byModule.stderr.slice(0, 200)}`
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

type Report = {
  ok: boolean
  error?: string
  size: number
  leaves: number
  inclusions: number
  consistent: number[]
  cosigned: string[]
  provenIndex: number
}

function ask(folder: string, args: readonly string[]): Report {
  const { stdout, status } = spawnSync(verifier, [...args, folder], { encoding: 'utf8' })
  const report: Report = JSON.parse(stdout)
  expect(status).toBe(report.ok ? 0 : 1)
  return report
}

describe.skipIf(why !== undefined)(
  `a verifier in Go that shares no code with us${why === undefined ? '' : ` (${why})`}`,
  () => {
    test('agrees: signatures, every leaf, inclusion, consistency, a proof file', async () => {
      const witness = await startWitness()
      const opened = await openTestLedger({ witnessPolicy: witness.policy })
      await witness.knows(opened.ledger.vkey)
      const earlier = []
      for (const count of [1, 254, 1, 1, 700, 43]) {
        await opened.pin(count)
        const checkpoint = await opened.ledger.publishNow()
        const path = join(opened.data, `at-${checkpoint?.size}`)
        writeFileSync(path, checkpoint?.text ?? '')
        earlier.push('-earlier', path)
      }
      const page = await opened.ledger.entry(256)
      if ('refused' in page) throw new Error(page.refused)
      const proof = join(opened.data, 'entry.tlog-proof')
      writeFileSync(proof, page.proof ?? '')
      writeFileSync(join(opened.data, 'entry.json'), page.canonical)
      const keys = ['-vkey', opened.ledger.vkey, '-witness', witness.vkey]
      const files = ['-proof', proof, '-entry', join(opened.data, 'entry.json')]
      const report = ask(join(opened.data, 'ledger'), [...keys, ...earlier, ...files])
      expect(report.error).toBeUndefined()
      expect(report).toMatchObject({
        ok: true,
        size: 1000,
        leaves: 1000,
        consistent: [1, 255, 256, 257, 957, 1000],
        cosigned: ['witness.example/w1'],
        provenIndex: 256,
      })
      expect(report.inclusions).toBeGreaterThan(90)
    })

    test('refuses an entry of other bytes, a flipped bit in a tile, another size', async () => {
      const opened = await openTestLedger()
      await opened.pin(300)
      await opened.ledger.publishNow()
      const edit = (path: string, change: (bytes: Buffer) => Uint8Array) => {
        const copy = temporaryFolder()
        cpSync(join(opened.data, 'ledger'), copy, { recursive: true })
        writeFileSync(join(copy, path), change(readFileSync(join(copy, path))))
        return ask(copy, ['-vkey', opened.ledger.vkey])
      }
      const other = edit('tile/entries/000', (bytes) => {
        const entries = decodeBundle(bytes)
        entries[9] = Buffer.from('{}')
        return encodeBundle(entries)
      })
      expect(other).toMatchObject({ ok: false, error: 'entry 9 is not the one in the tree' })
      expect(edit('tile/0/000', (bytes) => flipBit(bytes, 4000)).ok).toBe(false)
      expect(edit('tile/1/000.p/1', (bytes) => flipBit(bytes, 9)).ok).toBe(false)
      const resized = (bytes: Buffer) => Buffer.from(bytes.toString().replace('\n300\n', '\n299\n'))
      expect(edit('checkpoint', resized).ok).toBe(false)
    })
  },
)

describe.skipIf(!hasOpenssl)(
  `OpenSSL, which knows nothing of ledgers${hasOpenssl ? '' : ' (it is not installed)'}`,
  () => {
    test('verifies the signature of a checkpoint over its text', async () => {
      const opened = await openTestLedger()
      await opened.pin(3)
      const { text } = (await opened.ledger.publishNow()) ?? { text: '' }
      const note = parseNote(Buffer.from(text))
      const folder = temporaryFolder()
      const file = (name: string, bytes: Uint8Array | string) => {
        writeFileSync(join(folder, name), bytes)
        return join(folder, name)
      }
      const { publicKey } = parseVerifierKey(opened.ledger.vkey)
      // An Ed25519 key as X.509 writes it (RFC 8410): a fixed beginning, then the 32 bytes.
      const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
      const key = file('key.der', der)
      const signature = file('signature', note.signatures[0]?.signature ?? '')
      const verify = (signed: string) => {
        const how = ['pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', '-inkey', key]
        const what = ['-sigfile', signature, '-in', file('text', signed)]
        return spawnSync('openssl', [...how, ...what], { encoding: 'utf8' })
      }
      expect(verify(note.text).stdout).toContain('Signature Verified Successfully')
      expect(verify(note.text.replace('\n3\n', '\n4\n')).status).not.toBe(0)
    })
  },
)
