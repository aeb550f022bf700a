import { canonicalJson } from '../canonical-json.ts'
import { isCriterion } from '../criteria/ids.ts'
import { refuse, type Decider, type Refused } from '../decider.ts'
import type { ControlDefinition, ControlsEvent } from './events.ts'

export type ControlsCommand =
  | { readonly type: 'adopt'; readonly control: string; readonly definition: ControlDefinition }
  | { readonly type: 'add'; readonly control: string; readonly definition: ControlDefinition }
  | {
      readonly type: 'edit'
      readonly control: string
      /** The version that the editor has seen. */
      readonly version: number
      readonly change: string
      readonly definition: ControlDefinition
    }
  | { readonly type: 'retire'; readonly control: string; readonly reason: string }
  | { readonly type: 'assign-owner'; readonly control: string; readonly person: string }

export type Control =
  | { readonly state: 'absent' }
  | {
      readonly state: 'adopted' | 'retired'
      readonly version: number
      /** `library` while it stands as the library had it, `edited` afterwards. */
      readonly origin: 'library' | 'edited' | 'own'
      readonly owner: string | null
      readonly definition: ControlDefinition
    }

export type ControlsRefusal =
  | 'control-unknown'
  | 'control-exists'
  | 'control-retired'
  | 'control-version-stale'
  | 'control-without-test'
  | 'control-without-criterion'
  | 'control-mapping-twice'
  | 'control-criterion-invalid'

type Decision = readonly ControlsEvent[] | Refused<ControlsRefusal>

/**
 * What an organisation really does. Adopting copies the library's text into the log, so a new
 * edition of the library changes nothing that is adopted already.
 */
export const controls: Decider<ControlsCommand, Control, ControlsEvent, ControlsRefusal> = {
  initial: { state: 'absent' },
  decide(command, now) {
    switch (command.type) {
      case 'adopt':
        return adopt(command, now)
      case 'add':
        return add(command, now)
      case 'edit':
        return edit(command, now)
      case 'retire':
        if (now.state === 'absent') return refuse('control-unknown', command.control)
        if (now.state === 'retired') return []
        return [
          {
            type: 'controls.retired.v1',
            control: command.control,
            version: now.version,
            reason: command.reason,
          },
        ]
      case 'assign-owner': {
        const { control, person } = command
        if (now.state === 'absent') return refuse('control-unknown', control)
        if (now.state === 'retired') return refuse('control-retired', control)
        if (now.owner === person) return []
        return [{ type: 'controls.owner-assigned.v1', control, from: now.owner, to: person }]
      }
    }
  },
  evolve(now, event) {
    switch (event.type) {
      case 'controls.adopted.v1':
        return { ...made(now, event), origin: 'library' }
      case 'controls.added.v1':
        return { ...made(now, event), origin: 'own' }
      case 'controls.edited.v1':
        return { ...made(now, event), origin: event.origin }
      case 'controls.retired.v1':
        return now.state === 'absent' ? now : { ...now, state: 'retired' }
      case 'controls.owner-assigned.v1':
        return now.state === 'absent' ? now : { ...now, owner: event.to }
    }
  },
}

type Command<Type extends ControlsCommand['type']> = Extract<ControlsCommand, { type: Type }>

/** Adopting what is adopted changes nothing, even when the library's text is newer. */
function adopt({ control, definition }: Command<'adopt'>, now: Control): Decision {
  if (now.state !== 'absent' && now.origin === 'own') return refuse('control-exists', control)
  if (now.state === 'adopted') return []
  const wrong = problemOf(definition)
  if (wrong !== null) return wrong
  const version = now.state === 'absent' ? 1 : now.version + 1
  return [{ type: 'controls.adopted.v1', control, version, definition }]
}

/** An own control that was retired may be taken up again under its id. */
function add({ control, definition }: Command<'add'>, now: Control): Decision {
  if (now.state === 'adopted' || (now.state === 'retired' && now.origin !== 'own')) {
    return refuse('control-exists', control)
  }
  const wrong = problemOf(definition)
  if (wrong !== null) return wrong
  const version = now.state === 'absent' ? 1 : now.version + 1
  return [{ type: 'controls.added.v1', control, version, definition }]
}

function edit(command: Command<'edit'>, now: Control): Decision {
  const { control, change, definition } = command
  if (now.state === 'absent') return refuse('control-unknown', control)
  if (now.state === 'retired') return refuse('control-retired', control)
  if (now.version !== command.version) return refuse('control-version-stale', control)
  const wrong = problemOf(definition)
  if (wrong !== null) return wrong
  if (canonicalJson(now.definition) === canonicalJson(definition)) return []
  const version = now.version + 1
  const origin = now.origin === 'own' ? 'own' : 'edited'
  return [{ type: 'controls.edited.v1', control, version, change, origin, definition }]
}

/** What nobody could judge later is refused now. */
function problemOf(definition: ControlDefinition): Refused<ControlsRefusal> | null {
  const { checks, evidence, mappings } = definition
  if (checks.length === 0 && !evidence) return refuse('control-without-test', 'evidence')
  const answered = mappings.filter(({ framework }) => framework === 'soc2')
  if (answered.length === 0) return refuse('control-without-criterion', 'criteria')
  const stray = answered.find(({ id }) => !isCriterion(id))
  if (stray !== undefined) return refuse('control-criterion-invalid', stray.id)
  const named = mappings.map(({ framework, id }) => `${framework} ${id}`)
  const twice = [...named, ...checks].find((name, at, all) => all.indexOf(name) !== at)
  return twice === undefined ? null : refuse('control-mapping-twice', twice)
}

/** The owner stays who they were: a new text does not free anybody. */
function made(
  now: Control,
  event: { readonly version: number; readonly definition: ControlDefinition },
) {
  const { version, definition } = event
  const owner = now.state === 'absent' ? null : now.owner
  return { state: 'adopted', version, owner, definition } as const
}
