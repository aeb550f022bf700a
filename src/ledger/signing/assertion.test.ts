import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../demo/authenticator.ts'
import { verifyStatement, type EnrolledKey, type SignedStatement } from './assertion.ts'
import {
  allowedSigner,
  signingChallenge,
  sshFingerprint,
  sshPublicKey,
  sshSignature,
} from './sshsig.ts'

const statement =
  '{"act":"approve-policy","digest":"00","nonce":"n1","policy":"access","version":2}'
const folder = mkdtempSync(join(tmpdir(), 'arinomama-signing-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a statement signed with a passkey', () => {
  const { key, signed } = sign(statement)

  test('is verified from its bytes and the enrolled key alone', () => {
    expect(verifyStatement(signed, key)).toMatchObject({ origin: key.origin, counter: 1 })
  })

  test.each<[string, Partial<SignedStatement>, Partial<EnrolledKey>]>([
    ['other-statement', { statement: statement.replace('2}', '3}') }, {}],
    ['other-credential', {}, { credentialId: 'AAAA' }],
    ['wrong-origin', {}, { origin: 'http://localhost:1' }],
    ['wrong-relying-party', {}, { rpId: 'example.org' }],
    ['signature-invalid', { signature: sign('{}').signed.signature }, {}],
    ['signature-invalid', {}, { publicKey: sign(statement, 'other').key.publicKey }],
    ['key-unsupported', {}, { publicKey: 'AAAA' }],
    ['malformed', { signature: `${signed.signature}=` }, {}],
    ['malformed', { authenticatorData: 'AAAA' }, {}],
  ])('is refused as %s', (fault, changes, keyChanges) => {
    expect(verifyStatement({ ...signed, ...changes }, { ...key, ...keyChanges })).toBe(fault)
  })

  test('is refused when the user was not verified, although the signature is good', () => {
    const data = Buffer.from(signed.authenticatorData, 'base64url')
    data[32] = 0x01
    const unverified = { ...signed, authenticatorData: data.toString('base64url') }
    expect(verifyStatement(unverified, key)).toBe('user-not-verified')
  })

  test('is refused when a single bit of it is not as it was signed', () => {
    for (const field of ['authenticatorData', 'clientDataJSON', 'signature'] as const) {
      const bytes = Buffer.from(signed[field], 'base64url')
      for (let bit = 0; bit < bytes.byteLength * 8; bit += 7) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = { ...signed, [field]: flipped.toString('base64url') }
        expect(verifyStatement(changed, key)).toBeTypeOf('string')
      }
    }
  })
})

describe('ssh-keygen, which knows nothing of us', () => {
  const { key, signed } = sign(statement)
  const verified = verifyStatement(signed, key)
  if (typeof verified === 'string') throw new Error(verified)
  const publicKey = sshPublicKey(verified.key, key.rpId)
  const valid = { from: '2026-01-01T00:00:00.000Z', until: null }
  writeFileSync(join(folder, 'allowed'), allowedSigner('per_x', publicKey, valid))
  writeFileSync(join(folder, 'sig'), sshSignature(publicKey, verified))

  test('says that the signature is good', () => {
    expect(keygenVerify(statement, 'per_x').status).toBe(0)
  })

  test('refuses another statement, another person and another time', () => {
    expect(keygenVerify(`${statement} `, 'per_x').status).not.toBe(0)
    expect(keygenVerify(statement, 'per_y').status).not.toBe(0)
    expect(keygenVerify(statement, 'per_x', '20251231').status).not.toBe(0)
  })

  test('prints the same fingerprint that people compare here', () => {
    const line = `sk-ecdsa-sha2-nistp256@openssh.com ${Buffer.from(publicKey).toString('base64')}`
    writeFileSync(join(folder, 'key.pub'), `${line}\n`)
    const printed = execFileSync('ssh-keygen', ['-lf', join(folder, 'key.pub')], {
      encoding: 'utf8',
    })
    expect(printed).toContain(sshFingerprint(publicKey))
  })
})

function keygenVerify(text: string, person: string, at = '20260601') {
  const files = ['-f', join(folder, 'allowed'), '-s', join(folder, 'sig')]
  const options = ['-Y', 'verify', '-n', 'arinomama', '-I', person, `-Overify-time=${at}`]
  return spawnSync('ssh-keygen', [...options, ...files], { input: text, encoding: 'utf8' })
}

function sign(text: string, person = 'per_x') {
  const rpId = 'localhost'
  const origin = 'http://localhost:8420'
  const seed = new TextEncoder().encode('a seed for tests')
  const authenticator = createAuthenticator({ seed, person, rpId, origin })
  const challenge = Buffer.from(signingChallenge(new TextEncoder().encode(text)))
  const { response } = authenticator.sign(challenge.toString('base64url'))
  const attestation = Buffer.from(
    authenticator.register('AAAA').response.attestationObject,
    'base64url',
  )
  const key: EnrolledKey = {
    credentialId: authenticator.credentialId,
    publicKey: attestation.subarray(-77).toString('base64url'),
    rpId,
    origin,
  }
  const { clientDataJSON, authenticatorData, signature } = response
  const { credentialId } = authenticator
  const signed = { statement: text, credentialId, clientDataJSON, authenticatorData, signature }
  return { key, signed }
}
