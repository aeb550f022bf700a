import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.ts'

const place = { rpId: 'localhost', origin: 'http://localhost:8420' }
const passkey = createAuthenticator({ seed: Buffer.alloc(32, 1), person: 'per_x', ...place })
const challenge = Buffer.from('what is signed').toString('base64url')
const expected = { expectedOrigin: place.origin, expectedRPID: place.rpId }

test('the server’s own library accepts the passkey and what it signs, and nothing else', async () => {
  const { response, ...rest } = passkey.register(challenge)
  const registration = await verifyRegistrationResponse({
    response: { ...rest, response: { ...response, transports: ['internal'] } },
    expectedChallenge: challenge,
    ...expected,
  })
  const credential = registration.registrationInfo?.credential
  if (credential === undefined) throw new Error('not verified')
  const signed = { response: passkey.sign(challenge), credential, ...expected }
  const good = await verifyAuthenticationResponse({ ...signed, expectedChallenge: challenge })
  expect(good.verified).toBe(true)
  const other = Buffer.from('something else').toString('base64url')
  await expect(
    verifyAuthenticationResponse({ ...signed, expectedChallenge: other }),
  ).rejects.toThrow(/challenge/)
})

test('the same seed and person give the same passkey; another person gets another', () => {
  const of = (person: string) =>
    createAuthenticator({ seed: Buffer.alloc(32, 1), person, ...place }).credentialId
  expect(of('per_x')).toBe(passkey.credentialId)
  expect(of('per_y')).not.toBe(passkey.credentialId)
})
