import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { admissionFault, isAddressIn, possessionFault, type Admission } from './admission.ts'
import {
  formatCertificateLine,
  newNonce,
  parseCertificate,
  parseCertificateLine,
  signCertificate,
  type CertificateBody,
} from './certificate.ts'
import { keyFingerprint, parseKeyLine, sshKeyOf, type SshPublicKey } from './public-key.ts'
import { SshFormatError } from './reader.ts'
import { signSsh } from './signature.ts'

const folder = mkdtempSync(join(tmpdir(), 'arinomama-certificate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ed25519 = () => generateKeyPairSync('ed25519').privateKey
const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const cas: readonly KeyObject[] = [ed25519(), p256()]
const subjects: readonly SshPublicKey[] = [
  sshKeyOf(ed25519()),
  sshKeyOf(p256()),
  { ...sshKeyOf(ed25519()), type: 'sk-ssh-ed25519@openssh.com', application: 'ssh:' },
  { ...sshKeyOf(p256()), type: 'sk-ecdsa-sha2-nistp256@openssh.com', application: 'ssh:work' },
]

const from = 1_780_000_000
const body: CertificateBody = {
  nonce: newNonce(),
  key: sshKeyOf(ed25519()),
  serial: 20_260_001n,
  keyId: 'CHG-2026-0001.alice.1',
  principals: ['db1.acme:ops'],
  validAfter: from,
  validBefore: from + 3_600,
  criticalOptions: { 'source-address': '127.0.0.1/32' },
  extensions: { 'permit-pty': null },
}

const bodies: fc.Arbitrary<CertificateBody> = fc.record({
  nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  key: fc.constantFrom(...subjects),
  serial: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  keyId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,40}$/),
  principals: fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9.:@-]{0,20}$/), {
    minLength: 1,
    maxLength: 5,
  }),
  validAfter: fc.integer({ min: 0, max: from }),
  validBefore: fc.integer({ min: from + 1, max: 2 * from }),
  criticalOptions: fc.constantFrom<CertificateBody['criticalOptions']>(
    {},
    { 'force-command': 'uptime' },
    { 'force-command': 'a b', 'source-address': '192.0.2.0/24', 'verify-required': null },
  ),
  extensions: fc.constantFrom<CertificateBody['extensions']>({}, { 'permit-pty': null }),
})

describe('a certificate', () => {
  test('is read back as it was signed, for every kind of key and both kinds of CA', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(...cas), (given, ca) => {
        const line = formatCertificateLine(signCertificate(given, ca))
        const { ca: signer, signature, ...read } = parseCertificateLine(line)
        expect(read).toEqual(given)
        expect(keyFingerprint(signer)).toBe(keyFingerprint(sshKeyOf(ca)))
        expect(signature.byteLength).toBeGreaterThan(64)
      }),
    )
  })

  test('is refused when any bit of it is not as it was signed', () => {
    for (const ca of cas) {
      const bytes = signCertificate(body, ca)
      for (let bit = 0; bit < bytes.byteLength * 8; bit += 5) {
        const changed = Uint8Array.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => parseCertificate(changed)).toThrow(SshFormatError)
      }
    }
  })

  test('is refused when it ends early or goes on', () => {
    const bytes = signCertificate(body, ed25519())
    for (let end = 0; end < bytes.byteLength; end += 3) {
      expect(() => parseCertificate(bytes.subarray(0, end))).toThrow(SshFormatError)
    }
    expect(() => parseCertificate(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(SshFormatError)
  })

  test('throws nothing but its own error, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(() => parseCertificate(bytes)).toThrow(SshFormatError)
      }),
    )
  })

  test.each<[string, Partial<CertificateBody>]>([
    ['no principal, which OpenSSH reads as every principal', { principals: [] }],
    ['a principal twice', { principals: ['a', 'a'] }],
    ['a principal with a comma', { principals: ['a,b'] }],
    ['a newline in the key id', { keyId: 'CHG-1\nAccepted' }],
    ['a slash in the key id', { keyId: 'CHG-1/alice' }],
    ['an end before its beginning', { validBefore: from - 1 }],
    ['a serial of more than 64 bits', { serial: 2n ** 64n }],
  ])('is not signed with %s', (_, changes) => {
    expect(() => signCertificate({ ...body, ...changes }, ed25519())).toThrow(SshFormatError)
  })

  test('is read by ssh-keygen as it is meant', () => {
    for (const [at, ca] of cas.entries()) {
      for (const [of, key] of subjects.entries()) {
        const path = join(folder, `${at}-${of}-cert.pub`)
        writeFileSync(path, `${formatCertificateLine(signCertificate({ ...body, key }, ca))}\n`)
        const shown = execFileSync('ssh-keygen', ['-Lf', path], { encoding: 'utf8' })
        expect(shown).toContain('user certificate')
        expect(shown).toContain(`Public key: ${shownType(key)}-CERT ${keyFingerprint(key)}`)
        expect(shown).toContain('Key ID: "CHG-2026-0001.alice.1"')
        expect(shown).toContain('Serial: 20260001')
        expect(shown).toContain('db1.acme:ops')
        expect(shown).toContain('source-address 127.0.0.1/32')
        expect(shown).toContain('permit-pty')
        expect(shown).toContain(keyFingerprint(sshKeyOf(ca)))
      }
    }
  })

  test('of ssh-keygen is read by us', () => {
    const at = (name: string) => join(folder, name)
    for (const type of ['ed25519', 'ecdsa']) {
      for (const name of [`ca-${type}`, `key-${type}`]) {
        execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'x', '-f', at(name)])
      }
      const options = ['-I', 'CHG-1.bob.2', '-n', 'ops,db', '-z', '7', '-V', '+10m', '-O', 'clear']
      const signed = ['-q', '-s', at(`ca-${type}`), ...options, at(`key-${type}.pub`)]
      execFileSync('ssh-keygen', signed, { stdio: 'ignore' })
      const line = execFileSync('cat', [at(`key-${type}-cert.pub`)], { encoding: 'utf8' })
      const read = parseCertificateLine(line)
      expect(read).toMatchObject({ keyId: 'CHG-1.bob.2', serial: 7n, principals: ['ops', 'db'] })
      const key = execFileSync('cat', [at(`key-${type}.pub`)], { encoding: 'utf8' })
      expect(keyFingerprint(read.key)).toBe(keyFingerprint(parseKeyLine(key)))
    }
  })
})

describe('whoever shows a certificate', () => {
  const ca = p256()
  const admission: Admission = {
    ca: sshKeyOf(ca),
    nowS: from,
    principal: 'db1.acme:ops',
    address: '127.0.0.1',
    requireSecurityKey: false,
  }
  const judged = (changes: Partial<CertificateBody>, at: Partial<Admission> = {}) =>
    admissionFault(parseCertificate(signCertificate({ ...body, ...changes }, ca)), {
      ...admission,
      ...at,
    })

  test('enters with the right one, from its first second to before its last', () => {
    expect(judged({})).toBeNull()
    expect(judged({}, { nowS: from + 3_599 })).toBeNull()
    expect(judged({}, { address: '::ffff:127.0.0.1' })).toBeNull()
  })

  test.each<[string, Partial<CertificateBody>, Partial<Admission>]>([
    ['not-yet-valid', {}, { nowS: from - 1 }],
    ['expired', {}, { nowS: from + 3_600 }],
    ['other-ca', {}, { ca: sshKeyOf(p256()) }],
    ['other-principal', {}, { principal: 'db2.acme:ops' }],
    ['other-principal', {}, { principal: '' }],
    ['other-source-address', {}, { address: '127.0.0.2' }],
    ['other-source-address', { criticalOptions: { 'source-address': '127.0.0.1/x' } }, {}],
    ['other-source-address', { criticalOptions: { 'source-address': null } }, {}],
    ['unknown-critical-option', { criticalOptions: { 'change-hash@x': 'y' } }, {}],
    ['security-key-required', {}, { requireSecurityKey: true }],
  ])('is refused as %s (%o, %o)', (fault, changes, at) => {
    expect(judged(changes, at)).toBe(fault)
  })

  test('must sign with its key, and nothing else will do', () => {
    for (const key of [ed25519(), p256()]) {
      const bytes = signCertificate({ ...body, key: sshKeyOf(key) }, ca)
      const certificate = parseCertificate(bytes)
      const message = new TextEncoder().encode('session id and the request')
      expect(possessionFault(certificate, message, signSsh(key, message))).toBeNull()
      for (const other of [signSsh(ed25519(), message), signSsh(key, bytes), new Uint8Array(9)]) {
        expect(possessionFault(certificate, message, other)).toBe('signature-invalid')
      }
    }
  })
})

test('an address is in a list only when the list can be read', () => {
  expect(isAddressIn('192.0.2.9', '192.0.2.0/28,2001:db8::/32')).toBe(true)
  expect(isAddressIn('2001:db8::1', '192.0.2.0/28,2001:db8::/32')).toBe(true)
  expect(isAddressIn('192.0.2.16', '192.0.2.0/28')).toBe(false)
  for (const list of ['', 'x', '192.0.2.9/33', '192.0.2.9/', '192.0.2.9/-1', '*']) {
    expect(isAddressIn('192.0.2.9', list)).toBe(false)
  }
  expect(isAddressIn('nobody', '0.0.0.0/0')).toBe(false)
})

function shownType({ type }: SshPublicKey): string {
  const name = type.includes('ecdsa') ? 'ECDSA' : 'ED25519'
  return type.startsWith('sk-') ? `${name}-SK` : name
}
