import { serve } from './serve.ts'
import { readSettings } from './settings.ts'
import { wordStartError } from './start-refusal.ts'

/** `arinomama start`: runs until it is told to end. The exit status says how it went. */
export async function start(options: { readonly apiOnly: boolean }): Promise<void> {
  const say = (line: string) => {
    process.stdout.write(`${line}\n`)
  }
  let served
  try {
    served = await serve({ settings: readSettings(process.env), say, apiOnly: options.apiOnly })
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
  await toldToEnd()
  await served.close()
}

/** The second signal ends the program at once. */
function toldToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  return promise
}
