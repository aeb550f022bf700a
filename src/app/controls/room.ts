import { controls, type ControlsCommand } from '../../domain/controls/controls.ts'
import { controlsEvent } from '../../domain/controls/events.ts'
import { defineRoom } from '../room.ts'

/** Each control is a stream of its own. */
export const controlsRoom = defineRoom({
  name: 'controls',
  decider: controls,
  event: controlsEvent,
  streamOf: ({ control }: ControlsCommand) => `controls:${control}`,
})
