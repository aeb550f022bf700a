import { resolve } from 'node:path'
import { z } from 'zod'
import { StartRefusal } from './start-refusal.ts'

/** What the environment says, parsed once. */
export type Settings = {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  /** Where the server listens. */
  readonly address: string
  readonly port: number
  /** Under which address browsers reach it; passkeys belong to its name. */
  readonly origin: string | undefined
  /** Further names in the `Host` header that are answered. */
  readonly hosts: readonly string[]
  /** Proxies before this server, each of which adds to `x-forwarded-for`. */
  readonly proxies: number
  /** Name of the ledger at its very first start; a random one when absent. */
  readonly ledgerOrigin: string | undefined
  /** A tlog-policy file that names the witnesses. */
  readonly witnessPolicy: string | undefined
  /** When the quorum has not cosigned: publish with an alarm, or hold everything back. */
  readonly unwitnessed: 'alarm' | 'hold'
  /** The mail server; without one, mail waits on a page. May hold a password: never printed. */
  readonly smtpUrl: string | undefined
  /** Who mail is from. */
  readonly mailFrom: string | undefined
  /** Where alarms are told. May hold a secret: never printed. */
  readonly webhookUrl: string | undefined
}

const defaultPort = 8420

const environment = z.object({
  ARINOMAMA_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ARINOMAMA_ADDRESS: z.string().min(1).max(253).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(defaultPort),
  ARINOMAMA_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  ARINOMAMA_HOSTS: z
    .string()
    .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
    .default([]),
  ARINOMAMA_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  ARINOMAMA_LEDGER: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9./-]{0,199}$/)
    .optional(),
  ARINOMAMA_WITNESSES: z.string().min(1).optional(),
  ARINOMAMA_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'not an address such as smtps://name:password@host' })
    .optional(),
  ARINOMAMA_MAIL_FROM: z.email().max(320).optional(),
  ARINOMAMA_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'not a web address' })
    .refine(isSafeWebhook, 'https is needed beyond this machine')
    .optional(),
  ARINOMAMA_UNWITNESSED: z.enum(['alarm', 'hold']).default('alarm'),
})

/** Reads the environment; an empty variable is as good as none. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = environment.safeParse(given)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new StartRefusal('setting-invalid', `${issue?.path.join('.')}: ${issue?.message}`)
  }
  const said = read.data
  checkOrigin(said.ARINOMAMA_ADDRESS, said.ARINOMAMA_ORIGIN)
  return {
    dataFolder: resolve(said.ARINOMAMA_DATA),
    databaseUrl: said.DATABASE_URL,
    address: said.ARINOMAMA_ADDRESS,
    port: said.PORT,
    origin: said.ARINOMAMA_ORIGIN,
    hosts: said.ARINOMAMA_HOSTS,
    proxies: said.ARINOMAMA_PROXIES,
    ledgerOrigin: said.ARINOMAMA_LEDGER,
    witnessPolicy: said.ARINOMAMA_WITNESSES,
    unwitnessed: said.ARINOMAMA_UNWITNESSED,
    smtpUrl: said.ARINOMAMA_SMTP_URL,
    mailFrom: said.ARINOMAMA_MAIL_FROM,
    webhookUrl: said.ARINOMAMA_WEBHOOK_URL,
  }
}

/**
 * Beyond this machine only https: a session's cookie could be read on the way, and browsers make no
 * passkeys there. Whoever listens for others has to say under which address they come.
 */
function checkOrigin(address: string, origin: string | undefined): void {
  const isHere = isLoopback(address)
  if (origin === undefined) {
    if (!isHere) throw new StartRefusal('origin-missing', address)
    return
  }
  const { protocol, hostname } = new URL(origin)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new StartRefusal('origin-insecure', origin)
  }
}

/** What is told beyond this machine is told over https. */
function isSafeWebhook(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  const { protocol, hostname } = url
  return protocol === 'https:' || isLoopback(hostname)
}

function isLoopback(name: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(name) || /^127(\.\d+){3}$/.test(name)
}
