import { Api } from '../../contract/client.ts'

let csrfToken: string | null = null

/** Kept in memory only; every answer of `getSession` brings the current one. */
export function keepCsrfToken(token: string | null) {
  csrfToken = token
}

/** The server that this page came from. */
export const api = new Api({
  origin: globalThis.location.origin,
  csrfToken: () => csrfToken,
})
