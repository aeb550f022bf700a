import { setTimeout as pause } from 'node:timers/promises'
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session } from 'ssh2'
import { admissionFault, possessionFault } from '../../ssh/admission.ts'
import { isCertificateType, parseCertificate, type Certificate } from '../../ssh/certificate.ts'
import type { SshPublicKey } from '../../ssh/public-key.ts'
import { SshFormatError } from '../../ssh/reader.ts'
import type { Authority, ProxyNotice, SessionEnd } from './authority.ts'
import { makeHopKey, type HopKey, type Terminal } from './hop.ts'
import { runSession, type RunningSession } from './session.ts'

export type ProxyOptions = {
  readonly host: string
  readonly port: number
  /** PEM or OpenSSH form. */
  readonly hostKey: string
  readonly userCa: SshPublicKey
  readonly requireSecurityKey: boolean
  readonly authority: Authority
  /** Where recordings are; nobody but the proxy may write there. */
  readonly folder: string
  readonly recordingBytesMax: number
  readonly nowMs: () => number
  readonly onNotice: (notice: ProxyNotice) => void
}

export type Proxy = { readonly port: number; readonly close: () => Promise<void> }

const LAST_WORDS_MS_MAX = 5_000
const STOPPED_EVERY_MS = 1_000
/** Running sessions outlive those who decide by this much, then they end. */
const AUTHORITY_SILENT_MS_MAX = 30_000

/** The door to production: who enters is certified, recorded, and out when the time is over. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const running = new Map<string, RunningSession>()
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [options.hostKey], ident: 'Arinomama' })
  server.on('connection', (connection, { ip }) => {
    connections.add(connection)
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => undefined)
    serve(connection, ip, options, running)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const watch = watchRunning(options, running)
  const bound: unknown = server.address()
  const port = typeof bound === 'object' && bound !== null ? Number(Reflect.get(bound, 'port')) : 0
  return {
    port,
    async close() {
      clearInterval(watch)
      for (const { stop } of running.values()) stop('connection', 'the proxy is shutting down')
      await Promise.all([...running.values()].map(({ done }) => done))
      for (const connection of connections) connection.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function watchRunning(options: ProxyOptions, running: ReadonlyMap<string, RunningSession>) {
  let heardMs = options.nowMs()
  let isAsking = false
  return setInterval(() => {
    if (running.size === 0) heardMs = options.nowMs()
    if (running.size === 0 || isAsking) return
    isAsking = true
    options.authority
      .stopped([...running.keys()])
      .then((stopped) => {
        heardMs = options.nowMs()
        for (const id of stopped) running.get(id)?.stop('revoked', 'the approval was withdrawn')
      })
      .catch((error: unknown) => {
        options.onNotice({ kind: 'trouble', message: String(error) })
        if (options.nowMs() - heardMs < AUTHORITY_SILENT_MS_MAX) return
        for (const { stop } of running.values())
          stop('revoked', 'nobody can say that it still holds')
      })
      .finally(() => {
        isAsking = false
      })
  }, STOPPED_EVERY_MS)
}

function serve(
  connection: Connection,
  address: string,
  options: ProxyOptions,
  running: Map<string, RunningSession>,
): void {
  let admitted: { certificate: Certificate; principal: string } | undefined
  connection.on('authentication', (context) => {
    const certificate = authenticated(context, address, options)
    if (certificate === undefined) {
      context.reject(['publickey'])
      return
    }
    if (context.method === 'publickey' && context.signature !== undefined) {
      admitted = { certificate, principal: context.username }
    }
    context.accept()
  })
  connection.on('request', (_accept, reject) => reject?.())
  connection.on('tcpip', (_accept, reject) => reject())
  connection.on('openssh.streamlocal', (_accept, reject) => reject())
  connection.on('session', (accept, reject) => {
    if (admitted === undefined) {
      reject()
      return
    }
    // One certificate, one connection, one session: what is recorded is what was done.
    const { certificate, principal } = admitted
    admitted = undefined
    offer(accept(), async (channel, terminal, command, onTerminal) => {
      // What was said last must arrive before the connection ends.
      const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()))
      await begin(
        channel,
        { certificate, principal, address, terminal, command, onTerminal },
        options,
        running,
      )
      await Promise.race([closed, pause(LAST_WORDS_MS_MAX, undefined, { ref: false })])
      connection.end()
    })
  })
}

/** The certificate that lets this request in; undefined when nothing does. */
function authenticated(
  context: AuthContext,
  address: string,
  options: ProxyOptions,
): Certificate | undefined {
  if (context.method !== 'publickey') return undefined
  const { key, signature, blob, username } = context
  const refused = (fault: string) => {
    options.onNotice({ kind: 'refused', fault, address })
    return undefined
  }
  if (!isCertificateType(key.algo)) return refused('no-certificate')
  try {
    const certificate = parseCertificate(key.data)
    const fault = admissionFault(certificate, {
      ca: options.userCa,
      nowS: Math.floor(options.nowMs() / 1000),
      principal: username,
      address,
      requireSecurityKey: options.requireSecurityKey,
    })
    if (fault !== null) return refused(fault)
    if (signature === undefined || blob === undefined) return certificate
    const lacking = possessionFault(certificate, blob, signature)
    return lacking === null ? certificate : refused(lacking)
  } catch (error) {
    if (error instanceof SshFormatError) return refused('certificate-malformed')
    throw error
  }
}

type Begin = (
  channel: ServerChannel,
  terminal: Terminal | null,
  command: string | null,
  onTerminal: (resize: (terminal: Terminal) => void) => void,
) => Promise<void>

/** A shell or a command, with a terminal or without; nothing else is answered, so it is refused. */
function offer(session: Session, begin: Begin): void {
  let terminal: Terminal | null = null
  let isBegun = false
  let resize: (terminal: Terminal) => void = () => undefined
  const start = (channel: ServerChannel, command: string | null) =>
    void begin(channel, terminal, command, (to) => {
      resize = to
    })
  session.on('pty', (accept, _reject, { cols, rows }) => {
    terminal = sizeOf(cols, rows)
    accept?.()
  })
  session.on('window-change', (accept, _reject, { cols, rows }) => {
    accept?.()
    resize(sizeOf(cols, rows))
  })
  session.on('shell', (accept, reject) => {
    if (isBegun) {
      reject()
      return
    }
    isBegun = true
    start(accept(), null)
  })
  session.on('exec', (accept, reject, { command }) => {
    if (isBegun) {
      reject()
      return
    }
    isBegun = true
    start(accept(), command)
  })
}

function sizeOf(cols: number, rows: number): Terminal {
  const bounded = (value: number, otherwise: number) =>
    Number.isInteger(value) && value > 0 && value <= 1_000 ? value : otherwise
  return { cols: bounded(cols, 80), rows: bounded(rows, 24) }
}

async function begin(
  channel: ServerChannel,
  asked: {
    readonly certificate: Certificate
    readonly principal: string
    readonly address: string
    readonly terminal: Terminal | null
    readonly command: string | null
    readonly onTerminal: (resize: (terminal: Terminal) => void) => void
  },
  options: ProxyOptions,
  running: Map<string, RunningSession>,
): Promise<void> {
  const { certificate, principal, address, onTerminal } = asked
  const refuse = (message: string) => {
    channel.stderr.write(`arinomama: ${message}\r\n`)
    channel.exit(254)
    channel.end()
  }
  let key: HopKey | undefined
  let ended: { session: string; end: SessionEnd } | undefined
  try {
    key = makeHopKey()
    const request = { certificate, principal, address, hopKey: key.line }
    const opened = await options.authority.open(request)
    if ('refused' in opened) {
      key.discard()
      options.onNotice({ kind: 'refused', fault: opened.refused, address })
      refuse(opened.message)
      return
    }
    const forced = certificate.criticalOptions['force-command']
    const { keyId, serial, validBefore: validBeforeS } = certificate
    const session = runSession(channel, {
      opened,
      key,
      keyId,
      serial,
      validBeforeS,
      onTerminal,
      folder: options.folder,
      nowMs: options.nowMs,
      bytesMax: options.recordingBytesMax,
      terminal: asked.terminal,
      command: forced ?? asked.command,
    })
    running.set(session.session, session)
    options.onNotice({ kind: 'opened', session: session.session, keyId })
    const end = await session.done
    running.delete(session.session)
    options.onNotice({ kind: 'ended', session: session.session, keyId })
    ended = { session: session.session, end }
  } catch (error) {
    key?.discard()
    options.onNotice({ kind: 'trouble', message: String(error) })
    refuse('the session could not be recorded or opened, so it was not begun')
  }
  if (ended === undefined) return
  // The recording is whole on this disk: what could not be told now is told at the next start.
  await options.authority.ended(ended.session, ended.end).catch((error: unknown) => {
    options.onNotice({ kind: 'trouble', message: String(error) })
  })
}
