import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'

const places = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The Chromium of this machine; null when there is none. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path)) ?? null

async function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('there is no Chromium; `npm test` says how to get it')
  // Without a user namespace of its own (as root) Chromium refuses to start in its sandbox.
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  return await chromium.launch({ executablePath: chromiumPath, args })
}

export type Visitor = {
  readonly page: Page
  /** What the page wrote to its console as an error, and what it threw. */
  readonly faults: readonly string[]
  readonly close: () => Promise<void>
}

/**
 * Somebody at a browser of their own, with a passkey device that always says yes. Two of them in one
 * browser would take the focus from each other, and a passkey is asked for only where it is.
 */
export async function openVisitor(language: 'ja' | 'en'): Promise<Visitor> {
  const browser = await openBrowser()
  const context = await browser.newContext({
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
  })
  await context.addInitScript((chosen) => {
    globalThis.localStorage.setItem('arinomama-language', chosen)
  }, language)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, faults, close: () => browser.close() }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string }[]
}

/** Holds the page against axe: nothing serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  // Evaluated from outside the page, so that its content security policy stays as it is.
  const evaluate = async (expression: string) =>
    await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
  // A dialog that is fading away has no contrast left: look when everything has come to rest.
  await evaluate(
    `Promise.all(document.getAnimations()
      .filter((one) => one.effect.getComputedTiming().endTime < 60_000)
      .map((one) => one.finished.catch(() => null)))`,
  )
  await evaluate(axe)
  const { result } = await evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then((found) =>
      JSON.stringify(found.violations.map(({ id, impact, nodes }) =>
        ({ id, impact, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 200) })) }))))`,
  )
  const violations: readonly Violation[] = JSON.parse(String(result.value))
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(told, `axe on ${page.url()}`).toEqual([])
}
