import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that only one party keeps; base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** All that we keep of a secret. It has full entropy, so a plain hash cannot be guessed back. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
