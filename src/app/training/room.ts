import { trainingEvent, trainingPersonal } from '../../domain/training/events.ts'
import { training, type TrainingCommand } from '../../domain/training/training.ts'
import { defineRoom } from '../room.ts'

export const trainingRoom = defineRoom({
  name: 'training',
  decider: training,
  event: trainingEvent,
  personal: trainingPersonal,
  streamOf: (command: TrainingCommand) => {
    switch (command.type) {
      case 'offer':
        return `course:${command.offer.course}`
      case 'withdraw':
        return `course:${command.course}`
      case 'attempt':
      case 'complete':
        return `training:${command.course}:${command.person}`
      case 'import':
        return 'training'
    }
  },
})
