import type { Certificate } from '../../ssh/certificate.ts'
import type { EndReason } from '../recording/chain.ts'

/** What the proxy asks of those who decide, before a session and after it. */
export type Authority = {
  /**
   * Asked once the client has shown that it holds the certificate's key. The entry that says so is
   * in the ledger before this answers: no session exists that the ledger has not heard of.
   */
  readonly open: (request: SessionRequest) => Promise<OpenedSession | SessionRefusal>
  /** Which of these sessions must stop now: revoked, suspended, cancelled. */
  readonly stopped: (sessions: readonly string[]) => Promise<readonly string[]>
  readonly ended: (session: string, end: SessionEnd) => Promise<void>
}

type SessionRequest = {
  readonly certificate: Certificate
  readonly principal: string
  readonly address: string
  /** The one-time key of the inner hop, as a line of a `.pub` file. */
  readonly hopKey: string
}

export type OpenedSession = {
  /** `ses_…`; also the recording's file name. */
  readonly session: string
  readonly target: HopTarget
  /** The line of the inner hop's certificate. */
  readonly hopCertificate: string
}

export type HopTarget = {
  readonly host: string
  readonly port: number
  readonly user: string
  /** `type base64`, pinned. */
  readonly hostKey: string
}

type SessionRefusal = { readonly refused: string; readonly message: string }

export type SessionEnd = {
  readonly reason: EndReason | 'disk'
  readonly exitStatus: number | null
  /** Of the recording; null when it could not be closed. */
  readonly recording: {
    readonly bytes: number
    readonly links: number
    readonly head: string
  } | null
}

/** What the proxy tells operators of its doings; no event is made of it. */
export type ProxyNotice =
  | { readonly kind: 'refused'; readonly fault: string; readonly address: string }
  | { readonly kind: 'opened' | 'ended'; readonly session: string; readonly keyId: string }
  | { readonly kind: 'trouble'; readonly message: string }
