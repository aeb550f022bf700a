import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Authority, ProxyNotice, SessionEnd } from '../../src/enforcement/proxy/authority.ts'
import { startProxy, type ProxyOptions } from '../../src/enforcement/proxy/proxy.ts'
import { verifyRecording } from '../../src/enforcement/recording/verify.ts'
import {
  formatCertificateLine,
  newNonce,
  signCertificate,
  type CertificateBody,
} from '../../src/ssh/certificate.ts'
import { formatKeyLine, parseKeyLine, sshKeyOf } from '../../src/ssh/public-key.ts'
import { account, noServer, startSshServer } from '../hosts/ssh-server.ts'

if (noServer !== null) console.warn(`Skipped: the access proxy with a real sshd. ${noServer}`)

const root = mkdtempSync(join(tmpdir(), 'arinomama-proxy-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const userCa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const hopCa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const principal = 'db1.acme:ops'
const nowS = () => Math.floor(Date.now() / 1000)

type Given = { readonly options?: Partial<ProxyOptions>; readonly hop?: Partial<CertificateBody> }

/** A target that trusts the hop authority alone, and the proxy before it. */
async function world({ options = {}, hop = {} }: Given = {}) {
  const folder = mkdtempSync(join(root, 'world-'))
  // sshd reads the principals as the account itself.
  for (const path of [root, folder]) chmodSync(path, 0o755)
  writeFileSync(join(folder, 'hop-ca.pub'), `${formatKeyLine(sshKeyOf(hopCa))}\n`)
  writeFileSync(join(folder, 'principals'), `${principal}\n`)
  const target = await startSshServer({
    settings: [
      `TrustedUserCAKeys ${folder}/hop-ca.pub`,
      `AuthorizedPrincipalsFile ${folder}/principals`,
      'DisableForwarding yes',
    ],
  })
  const recordings = join(folder, 'recordings')
  spawnSync('mkdir', ['-m', '700', recordings])
  const hostKeyFile = join(folder, 'proxy-host')
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKeyFile])
  const ends: SessionEnd[] = []
  const notices: ProxyNotice[] = []
  const stopped = new Set<string>()
  let sessions = 0
  const authority: Authority = {
    async open({ certificate, hopKey }) {
      sessions += 1
      const bytes = signCertificate(
        { ...bodyOf(parseKeyLine(hopKey)), keyId: certificate.keyId, serial: 99n, ...hop },
        hopCa,
      )
      const { host, port, user, hostKey } = target.target
      return {
        session: `ses_${sessions}`,
        target: { host, port, user, hostKey },
        hopCertificate: formatCertificateLine(bytes),
      }
    },
    async stopped(ids) {
      return ids.filter((id) => stopped.has(id))
    },
    async ended(_session, end) {
      ends.push(end)
    },
  }
  const proxy = await startProxy({
    host: '127.0.0.1',
    port: 0,
    hostKey: readFileSync(hostKeyFile, 'utf8'),
    userCa: sshKeyOf(userCa),
    requireSecurityKey: false,
    authority,
    folder: recordings,
    recordingBytesMax: 100_000_000,
    nowMs: () => Date.now(),
    onNotice: (notice) => notices.push(notice),
    ...options,
  })
  onTestFinished(() => proxy.close())
  const connect = operator(folder, proxy.port)
  const casts = () => readdirSync(recordings).map((name) => join(recordings, name))
  return { ...connect, ends, notices, stopped, recordings, casts, port: proxy.port }
}

function bodyOf(key: CertificateBody['key']): CertificateBody {
  return {
    nonce: newNonce(),
    key,
    serial: 7n,
    keyId: 'CHG-2026-0001.alice.1',
    principals: [principal],
    validAfter: nowS() - 30,
    validBefore: nowS() + 600,
    criticalOptions: { 'source-address': '127.0.0.1/32' },
    extensions: { 'permit-pty': null },
  }
}

/** The operator's side: a key, a certificate of it, and stock ssh. */
function operator(folder: string, port: number) {
  const path = join(folder, 'operator')
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path])
  const key = parseKeyLine(readFileSync(`${path}.pub`, 'utf8'))
  const certify = (changes: Partial<CertificateBody> = {}, ca: KeyObject = userCa) => {
    const bytes = signCertificate({ ...bodyOf(key), ...changes }, ca)
    writeFileSync(`${path}-cert.pub`, `${formatCertificateLine(bytes)}\n`)
  }
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${folder}/known`,
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'LogLevel=ERROR',
  ].flatMap((option) => ['-o', option])
  const where = ['-F', 'none', '-i', path, '-p', String(port), '-l', principal]
  const words = (extra: readonly string[]) => [...where, ...options, ...extra]
  const start = (...extra: readonly string[]) => {
    const child = spawn('ssh', words(extra), { stdio: ['pipe', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const status = new Promise<number | null>((resolve) => child.once('close', resolve))
    return { child, status, said: () => said }
  }
  const run = async (...extra: readonly string[]) => {
    const { child, status, said } = start(...extra)
    child.stdin.end()
    return { status: await status, said: said() }
  }
  return { certify, run, start }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`it never happened: ${what}`)
}

describe.skipIf(noServer !== null)('an operator with a certificate', () => {
  test('runs a command on the host, is recorded, and gets its exit status', async () => {
    const { certify, run, casts, ends } = await world()
    certify()
    const done = await run('127.0.0.1', 'echo from-$USER; exit 7')
    expect(done).toEqual({ status: 7, said: `from-${account}\n` })
    await until('the session is reported', () => ends.length === 1)
    const [path = ''] = casts()
    const check = await verifyRecording(path)
    expect(check).toMatchObject({ state: 'whole', reason: 'closed', exitStatus: 7 })
    expect(ends).toEqual([{ reason: 'closed', exitStatus: 7, recording: expect.anything() }])
    expect(readFileSync(path, 'utf8')).toContain(`from-${account}`)
    expect(readFileSync(path, 'utf8')).toContain('CHG-2026-0001.alice.1')
  })

  test('works in a terminal of their size, and its recording is whole', async () => {
    const { certify, start, casts, ends } = await world()
    certify()
    const { child, status, said } = start('-tt', '127.0.0.1')
    child.stdin.write('stty size; echo a$((20+22))b; exit 3\n')
    await until('the shell answers', () => said().includes('a42b'))
    expect(await status).toBe(3)
    await until('the session is reported', () => ends.length === 1)
    expect(said()).toMatch(/24 80/)
    expect(await verifyRecording(casts()[0] ?? '')).toMatchObject({ state: 'whole' })
  })

  test('is cut off at the second at which the certificate ends', async () => {
    const { certify, run, ends, casts } = await world()
    certify({ validBefore: nowS() + 3 })
    const done = await run('127.0.0.1', 'echo begun; sleep 60; echo never')
    expect(done.said).toContain('begun')
    expect(done.said).toContain('session ended: the time that was approved')
    expect(done.said).not.toContain('never')
    await until('the session is reported', () => ends.length === 1)
    expect(ends[0]).toMatchObject({ reason: 'expired' })
    expect(await verifyRecording(casts()[0] ?? '')).toMatchObject({ reason: 'expired' })
  })

  test('is cut off within seconds when the approval is withdrawn', async () => {
    const { certify, start, ends, stopped } = await world()
    certify()
    const { status, said } = start('127.0.0.1', 'echo begun; sleep 60')
    await until('it has begun', () => said().includes('begun'))
    stopped.add('ses_1')
    await status
    expect(said()).toContain('the approval was withdrawn')
    await until('the session is reported', () => ends.length === 1)
    expect(ends[0]).toMatchObject({ reason: 'revoked' })
  })

  test('is told, and not cut silently, when the recording is full', async () => {
    const { certify, run, casts, ends } = await world({ options: { recordingBytesMax: 200_000 } })
    certify()
    const done = await run('127.0.0.1', 'yes line')
    expect(done.said).toContain('the recording has reached its largest size')
    await until('the session is reported', () => ends.length === 1)
    expect(await verifyRecording(casts()[0] ?? '')).toMatchObject({ reason: 'limit' })
  })

  test('has no session when it cannot be recorded', async () => {
    const { certify, run, notices } = await world({ options: { folder: '/dev/null/none' } })
    certify()
    const done = await run('127.0.0.1', 'echo begun')
    expect(done.said).toMatch(/^arinomama: the session could not be recorded or opened[^\n]*\n$/)
    expect(done.status).toBe(254)
    expect(notices.map(({ kind }) => kind)).toContain('trouble')
  })
})

describe.skipIf(noServer !== null)('the proxy refuses', () => {
  test.each<[string, Partial<CertificateBody>, KeyObject?]>([
    ['expired', { validAfter: nowS() - 100, validBefore: nowS() - 1 }],
    ['not-yet-valid', { validAfter: nowS() + 3_000, validBefore: nowS() + 4_000 }],
    ['other-principal', { principals: ['db2.acme:ops'] }],
    ['other-source-address', { criticalOptions: { 'source-address': '192.0.2.1/32' } }],
    ['unknown-critical-option', { criticalOptions: { 'change-hash@example.org': 'x' } }],
    ['other-ca', {}, hopCa],
  ])('a certificate that is %s', async (fault, changes, ca) => {
    const { certify, run, notices, casts } = await world()
    certify(changes, ca)
    expect((await run('127.0.0.1', 'echo in')).said).not.toContain('in\n')
    // ssh itself does not offer a certificate whose time it knows to be wrong.
    const faults = notices.flatMap((notice) => (notice.kind === 'refused' ? [notice.fault] : []))
    expect([fault, 'no-certificate']).toContain(faults[0])
    expect(casts()).toEqual([])
  })

  test('a plain key, a password, and a security key that is none', async () => {
    const plain = await world()
    expect((await plain.run('127.0.0.1', 'echo in')).status).toBe(255)
    const strict = await world({ options: { requireSecurityKey: true } })
    strict.certify()
    expect((await strict.run('127.0.0.1', 'echo in')).status).toBe(255)
    expect(strict.notices).toContainEqual(
      expect.objectContaining({ fault: 'security-key-required' }),
    )
  })

  test('every forwarding, the agent and file transfer', async () => {
    const { certify, run } = await world()
    certify()
    const back = await run(
      '-o',
      'ExitOnForwardFailure=yes',
      '-R',
      '0:127.0.0.1:9',
      '127.0.0.1',
      'echo in',
    )
    expect(back.status).toBe(255)
    const through = await run('-W', '127.0.0.1:9', '127.0.0.1')
    expect(through.status).not.toBe(0)
    const files = await run('-s', '127.0.0.1', 'sftp')
    expect(files.status).not.toBe(0)
    const agent = await run('-A', '127.0.0.1', 'echo "agent:$SSH_AUTH_SOCK:"')
    expect(agent.said).toContain('agent::')
  })
})

describe.skipIf(noServer !== null)(
  'the host itself, which knows only the hop authority, refuses',
  () => {
    test.each<[string, Partial<CertificateBody>]>([
      ['an expired certificate', { validAfter: nowS() - 100, validBefore: nowS() - 1 }],
      ['another host’s principal', { principals: ['db2.acme:ops'] }],
      ['another source address', { criticalOptions: { 'source-address': '192.0.2.1/32' } }],
      ['an unknown critical option', { criticalOptions: { 'x@y': 'z' } }],
    ])('%s', async (_, hop) => {
      const { certify, run } = await world({ hop })
      certify()
      const done = await run('127.0.0.1', 'echo in')
      expect(done.status).toBe(255)
      expect(done.said).toContain('Permission denied')
    })
  },
)
