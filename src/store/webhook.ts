import type { Alarm } from '../app/ports.ts'

const timeoutMs = 5_000
const textMax = 500
const perMinuteMax = 20

/**
 * Tells alarms as `{"text": …}`, which Slack and most others take. Redirects are not followed, and
 * the address, which may hold a secret, is in no error.
 */
export function webhookAlarm(url: string): Alarm {
  let minute = 0
  let told = 0
  return {
    async tell(text) {
      const now = Math.floor(performance.now() / 60_000)
      told = now === minute ? told + 1 : 1
      minute = now
      if (told > perMinuteMax)
        throw new Error('too many alarms in one minute; this one was not told')
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: text.slice(0, textMax) }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      }).catch(() => {
        throw new Error('the webhook does not answer')
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`the webhook answered ${response.status}`)
    },
  }
}

/** Where nobody is told: alarms are still entries and exceptions. */
export const noAlarm: Alarm = { tell: () => Promise.resolve() }
