import { systemClock, type Clock } from '../app/ports.ts'
import { thisHost } from '../connectors/this-host/this-host.ts'
import { routes } from '../contract/routes.ts'
import { listen, type Listening } from '../http/listen.ts'
import { buildServer } from '../http/server.ts'
import type { LimitName, Limit } from '../http/rate-limit.ts'
import type { Site } from '../http/site.ts'
import { openStaticFiles } from '../http/static-files.ts'
import { openDatabase, type Database } from '../store/database.ts'
import type { Demonstration } from './demo.ts'
import { openHouse, type House } from './house.ts'
import { startJobs } from './jobs.ts'
import { logError, logFault, logStopped } from './operator-log.ts'
import { refusalTexts } from './room-list.ts'
import type { Settings } from './settings.ts'
import { StartRefusal } from './start-refusal.ts'
import { ensureWeb } from './web-build.ts'

export type Served = {
  readonly origin: string
  /** The one-time link; null when the organisation is set up. */
  readonly setUpLink: string | null
  readonly house: House
  readonly close: () => Promise<void>
}

export type ServeOptions = {
  readonly settings: Settings
  /** Shown while it starts. */
  readonly say: (line: string) => void
  /** Pages come from somewhere else (the development server). */
  readonly apiOnly: boolean
  /** Tells a story on an empty house, at the times of the story. */
  readonly demonstration?: Demonstration | undefined
  readonly clock?: Clock
  /** Tests bring their own. */
  readonly openDatabase?: () => Promise<Database>
  readonly limits?: Readonly<Record<LimitName, Limit>>
}

/** Starts everything on one port. What has been opened is closed again when a step fails. */
export async function serve(options: ServeOptions): Promise<Served> {
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    while (closing.length > 0) await closing.pop()?.()
  }
  try {
    return await opened(options, closing, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function opened(
  { settings, say, apiOnly, limits, ...given }: ServeOptions,
  closing: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Served> {
  const listening = await takePort(settings)
  closing.push(listening.close)
  const web = apiOnly ? null : await openStaticFiles(await ensureWeb(say))
  const { dataFolder, databaseUrl: url } = settings
  const open = given.openDatabase ?? (() => openDatabase({ dataFolder, url }))
  const database = await open()
  closing.push(database.close)
  const site = siteOf(settings, listening.port)
  const party = { origin: site.origin, rpId: new URL(site.origin).hostname }
  const { demonstration } = given
  const house = await openHouse({
    settings,
    database,
    party,
    clock: demonstration?.clock ?? given.clock ?? systemClock,
    connector: demonstration?.connector ?? thisHost(),
    directoryConnector: demonstration?.directory,
  })
  closing.push(house.close)
  await demonstration?.tell(house, party, say)
  const { rooms, mounts, engine, handlers } = house
  let alive = true
  void engine.stopped.then((why) => {
    alive = false
    logStopped(why)
  })
  const app = buildServer({
    isAlive: () => alive,
    site,
    routes,
    handlers,
    mounts,
    texts: refusalTexts,
    gate: rooms.access.gate,
    web,
    onFault: logFault,
    ...(limits === undefined ? {} : { limits }),
  })
  const isSetUp = (await rooms.organisation.read()) !== null
  const secret = isSetUp ? null : rooms.access.setUpLink.renew()
  const jobs = startJobs(house.jobs, logError)
  closing.push(jobs.stop)
  listening.serve(app.fetch)
  const setUpLink = secret === null ? null : `${site.origin}/set-up?token=${secret}`
  // Requests end before what they need is closed.
  closing.push(listening.close)
  return { origin: site.origin, setUpLink, house, close }
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
