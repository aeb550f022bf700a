import {
  directory,
  type Directory,
  type DirectoryCommand,
  type DirectoryRefusal,
} from '../../domain/directory/directory.ts'
import { directoryEvent } from '../../domain/directory/events.ts'
import type { RoomHandle } from '../engine/engine.ts'
import { defineRoom } from '../room.ts'

export type DirectoryHandle = RoomHandle<DirectoryCommand, Directory, DirectoryRefusal>

/** A stream per source, one per account that somebody assigned, one per person's rights. */
export const directoryRoom = defineRoom({
  name: 'directory',
  decider: directory,
  event: directoryEvent,
  streamOf: (command: DirectoryCommand) => {
    switch (command.type) {
      case 'assign-account':
        return `directory:account:${command.account}`
      case 'review-rights':
        return `directory:rights:${command.person}`
      case 'add-source':
      case 'remove-source':
      case 'replace-secret':
      case 'record-observation':
      case 'record-failure':
      case 'link-accounts':
        return `directory:source:${command.source}`
    }
  },
})
