import type {
  addControl,
  editControl,
  getControl,
  listControls,
  listLibrary,
} from '../../contract/criteria.ts'
import type { Output, Parsed } from '../../contract/route.ts'
import { mappedTitle, type LibraryControl } from '../../domain/criteria/catalogue.ts'
import type { Control, ControlsCommand, ControlsRefusal } from '../../domain/controls/controls.ts'
import { refuse, type Refused } from '../../domain/decider.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import type { JudgingCases } from '../judging/open.ts'
import { showCheck, showControl } from '../judging/show.ts'
import { definitionFrom, definitionOf } from './definition.ts'
import { isActive, readOccurrences, readVersions } from './reads.ts'
import { controlsRoom } from './room.ts'

type Added = Parsed<typeof addControl>['body']
type Edited = Parsed<typeof editControl>['body']
type Done = Promise<Handled | Refused>

export type ControlsCases = {
  readonly list: (asOf?: string) => Promise<Output<typeof listControls>>
  readonly get: (control: string, asOf?: string) => Promise<Output<typeof getControl> | Refused>
  readonly library: (asOf?: string) => Promise<Output<typeof listLibrary>>
  readonly adopt: (controls: readonly string[], by: string) => Done
  readonly add: (control: Added, by: string) => Done
  readonly edit: (control: string, edited: Edited, by: string) => Done
  readonly retire: (control: string, reason: string, by: string) => Done
  readonly assignOwner: (control: string, person: string, by: string) => Done
}

/** What the organisation does to meet the criteria. */
export function openControls(
  engine: Engine,
  { judging }: { readonly judging: JudgingCases },
): ControlsCases {
  const room = engine.open(controlsRoom)
  return { ...controlsReads(engine, judging), ...controlsCommands(engine, judging, room) }
}

type Reads = Pick<ControlsCases, 'list' | 'get' | 'library'>

function controlsReads(engine: Engine, judging: JudgingCases): Reads {
  const { catalogue } = judging
  return {
    async list(asOf) {
      const judged = await judging.judge(await engine.views(asOf))
      return judged.controls.map(showControl)
    },
    async get(id, asOf) {
      const views = await engine.views(asOf)
      const judged = await judging.judge(views)
      const control = judged.controls.find((one) => one.id === id)
      if (control === undefined) return refuse('control-unknown', id)
      const [occurrences, versions] = await Promise.all([
        readOccurrences(views, id, control.occurrences),
        readVersions(views, id),
      ])
      return {
        ...showControl(control),
        proof: control.proof,
        unproven: control.unproven,
        checkRows: judged.checks
          .filter(({ check }) => control.checks.includes(check.id))
          .map(showCheck),
        occurrences,
        mappings: control.mappings.map((mapping) => ({
          ...mapping,
          title: mappedTitle(catalogue, mapping) ?? { ja: mapping.id, en: mapping.id },
        })),
        versions,
      }
    },
    async library(asOf) {
      const judged = await judging.judge(await engine.views(asOf))
      const scope = judged.criteria.filter(({ inScope }) => inScope)
      const inScope = new Set(scope.map(({ entry }) => entry.id))
      const adopted = new Set(
        judged.controls
          .filter(({ state, origin }) => state === 'adopted' && origin !== 'own')
          .map(({ id }) => id),
      )
      return catalogue.controls.map((control) => showLibrary(control, adopted, inScope))
    },
  }
}

function controlsCommands(
  engine: Engine,
  judging: JudgingCases,
  room: RoomHandle<ControlsCommand, Control, ControlsRefusal>,
): Omit<ControlsCases, keyof Reads> {
  const library = new Map(judging.catalogue.controls.map((control) => [control.id, control]))
  const checks = new Set(judging.checks.map(({ id }) => id))
  const strayCheck = (named: readonly string[]) => named.find((check) => !checks.has(check))
  return {
    async adopt(ids, by) {
      const asks = []
      for (const control of new Set(ids)) {
        const entry = library.get(control)
        if (entry === undefined) return refuse('library-control-unknown', control)
        const stray = strayCheck(entry.checks)
        if (stray !== undefined) return refuse('control-check-invalid', stray)
        asks.push(room.ask({ type: 'adopt', control, definition: definitionOf(entry) }))
      }
      return engine.transact(asks, { by })
    },
    async add({ id, ...text }, by) {
      if (library.has(id)) return refuse('control-id-in-library', id)
      const stray = strayCheck(text.checks)
      if (stray !== undefined) return refuse('control-check-invalid', stray)
      const definition = definitionFrom(text, null)
      return room.handle({ type: 'add', control: id, definition }, { by })
    },
    async edit(id, { version, change, ...text }, by) {
      const now = await room.state(`controls:${id}`)
      if (now.state === 'absent') return refuse('control-unknown', id)
      const stray = strayCheck(text.checks.filter((one) => !now.definition.checks.includes(one)))
      if (stray !== undefined) return refuse('control-check-invalid', stray)
      const definition = definitionFrom(text, now.definition)
      return room.handle({ type: 'edit', control: id, version, change, definition }, { by })
    },
    retire: (control, reason, by) => room.handle({ type: 'retire', control, reason }, { by }),
    async assignOwner(control, person, by) {
      if (!(await isActive(await engine.views(), person))) {
        return refuse('control-owner-inactive', person)
      }
      return room.handle({ type: 'assign-owner', control, person }, { by })
    },
  }
}

function showLibrary(
  control: LibraryControl,
  adopted: ReadonlySet<string>,
  inScope: ReadonlySet<string>,
): Output<typeof listLibrary>[number] {
  const { id, title, statement, ownerRole, cadence, evidence, checks, mappings, proof } = control
  const criteria = mappings.filter(({ framework }) => framework === 'soc2').map((to) => to.id)
  return {
    id,
    title,
    statement,
    ownerRole,
    cadence,
    evidence,
    checks,
    criteria,
    proof,
    adopted: adopted.has(id),
    inScope: criteria.some((criterion) => inScope.has(criterion)),
  }
}
