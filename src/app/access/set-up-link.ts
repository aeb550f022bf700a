import { timingSafeEqual } from 'node:crypto'
import { hashOf, newSecret } from './secrets.ts'

/**
 * The one-time link with which whoever started the program sets the organisation up. Its secret is
 * shown in the terminal only; here is its hash, in memory: a restart makes a new one.
 */
export class SetUpLink {
  #hash: Buffer | null = null

  /** A new secret; any earlier one is worth nothing from now on. */
  renew(): string {
    const secret = newSecret()
    this.#hash = Buffer.from(hashOf(secret))
    return secret
  }

  fits(secret: string): boolean {
    return this.#hash !== null && timingSafeEqual(this.#hash, Buffer.from(hashOf(secret)))
  }

  end(): void {
    this.#hash = null
  }
}
