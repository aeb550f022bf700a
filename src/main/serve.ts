import { systemClock } from '../app/ports.ts'
import { routes } from '../contract/routes.ts'
import { listen, type Listening } from '../http/listen.ts'
import { buildServer, type Fault } from '../http/server.ts'
import type { Site } from '../http/site.ts'
import { openStaticFiles } from '../http/static-files.ts'
import { openHouse } from './house.ts'
import { startJobs } from './jobs.ts'
import { refusalTexts } from './rooms.ts'
import type { Settings } from './settings.ts'
import { StartRefusal } from './start-refusal.ts'
import { ensureWeb, webFolder } from './web-build.ts'

export type Served = {
  readonly origin: string
  /** The one-time link; null when the organisation is set up. */
  readonly setUpLink: string | null
  readonly close: () => Promise<void>
}

export type ServeOptions = {
  readonly settings: Settings
  /** Shown while it starts. */
  readonly say: (line: string) => void
  /** Pages come from somewhere else (the development server). */
  readonly apiOnly?: boolean
}

/** Starts everything on one port. What has been opened is closed again when a step fails. */
export async function serve({ settings, say, apiOnly = false }: ServeOptions): Promise<Served> {
  const listening = await takePort(settings)
  try {
    if (!apiOnly) await ensureWeb(say)
    const site = siteOf(settings, listening.port)
    const party = { origin: site.origin, rpId: new URL(site.origin).hostname }
    const house = await openHouse(settings, party, systemClock)
    try {
      const { rooms, mounts, engine } = house
      const unfinished = process.env['ARINOMAMA_UNFINISHED'] === '1'
      const handled = new Set(rooms.handlers.map((one) => one.route))
      const app = buildServer({
        site,
        routes: unfinished ? routes.filter((route) => handled.has(route)) : routes,
        handlers: rooms.handlers,
        mounts,
        texts: refusalTexts,
        gate: rooms.access.gate,
        web: apiOnly ? null : await openStaticFiles(webFolder),
        onFault: logFault,
      })
      const setUp = await rooms.organisation.read()
      const jobs = startJobs(rooms.jobs, logJobFailure)
      listening.serve(app.fetch)
      void engine.stopped.then((why) => {
        log('ledger-stopped', { message: why.message })
      })
      const link =
        setUp === null ? `${site.origin}/set-up?token=${rooms.access.setUpLink.renew()}` : null
      return {
        origin: site.origin,
        setUpLink: link,
        async close() {
          await listening.close()
          await jobs.stop()
          await house.close()
        },
      }
    } catch (error) {
      await house.close()
      throw error
    }
  } catch (error) {
    await listening.close()
    throw error
  }
}

async function takePort({ address, port }: Settings): Promise<Listening> {
  try {
    return await listen(address, port)
  } catch (error) {
    const where = `${address}:${port}`
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EADDRINUSE') throw new StartRefusal('port-in-use', where, { cause: error })
    if (code === 'EACCES') throw new StartRefusal('port-forbidden', where, { cause: error })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartRefusal('address-unavailable', where, { cause: error })
    }
    throw error
  }
}

/** On this machine passkeys need the name `localhost`; the bare number is answered too. */
function siteOf(settings: Settings, port: number): Site {
  const origin = settings.origin ?? `http://localhost:${port}`
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`)
  return { origin, hosts: [...own, ...settings.hosts], proxies: settings.proxies }
}

function logFault({ id, what, error }: Fault): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log('fault', { id, what, detail })
}

function logJobFailure(job: string, error: unknown): void {
  log('job-failed', { job, detail: error instanceof Error ? error.message : String(error) })
}

/** For operators, one JSON object a line; never a secret, never a person's data. */
function log(event: string, fields: Readonly<Record<string, string>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}
