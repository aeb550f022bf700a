import { heldHours } from '../domain/access/account.ts'
import { isRefused } from '../domain/decider.ts'
import { demonstration, visitorLink } from './demo.ts'
import { refusalTexts } from './room-list.ts'
import { serve, type Served } from './serve.ts'
import { readSettings } from './settings.ts'
import { wordStartError } from './start-refusal.ts'

/** `arinomama start`: runs until it is told to end. The exit status says how it went. */
export async function start(options: {
  readonly apiOnly: boolean
  readonly demo: boolean
  /** The e-mail address of somebody who can no longer come in. */
  readonly recover?: string | undefined
}): Promise<void> {
  const say = (line: string) => {
    process.stdout.write(`${line}\n`)
  }
  let served
  try {
    served = await serve({
      settings: readSettings(environment(options.demo)),
      say,
      apiOnly: options.apiOnly,
      demonstration: options.demo ? demonstration() : undefined,
    })
  } catch (error) {
    const worded = wordStartError(error)
    if (worded === null) throw error
    process.stderr.write(worded)
    process.exitCode = 1
    return
  }
  say(`\n  Arinomama  ${served.origin}`)
  if (served.setUpLink !== null) {
    say('\n  Set-up link, good once and until the next start / 初期設定用のリンク（一度だけ有効）:')
    say(`  ${served.setUpLink}\n`)
  }
  if (options.demo) await sayVisitorLink(served, say)
  if (options.recover !== undefined) await sayRecoveryLink(served, options.recover, say)
  await toldToEnd()
  await served.close()
}

/** The demonstration keeps to a folder of its own. */
function environment(demo: boolean): NodeJS.ProcessEnv {
  return demo ? { ARINOMAMA_DATA: './data/demo', ...process.env } : process.env
}

async function sayVisitorLink({ house }: Served, say: (line: string) => void): Promise<void> {
  const link = await visitorLink(house)
  if (link === null) return
  say('\n  Come in as a visitor, with a passkey of yours / 見学者として、自分のパスキーで入る:')
  say(`  ${link}\n`)
}

async function sayRecoveryLink(
  { house }: Served,
  email: string,
  say: (line: string) => void,
): Promise<void> {
  const made = await house.rooms.access.accounts.recover(email)
  if (isRefused(made)) {
    const { ja, en } = refusalTexts[made.refused] ?? { ja: made.refused, en: made.refused }
    say(`\n  ${email}: ${en}\n  ${ja}\n`)
    return
  }
  say(`\n  Recovery link for ${email}, good until ${made.expiresAt}:\n  ${made.link}`)
  say('  The new passkey opens nothing until another administrator or security lead confirms it;')
  say(`  where there is none, until ${heldHours} hours have passed.\n`)
}

/** The second signal ends the program at once. */
function toldToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  return promise
}
