import { z } from 'zod'
import { defineProjection, reads } from '../../src/app/projection.ts'
import type { Projection } from '../../src/app/projection.ts'
import { defineRoom } from '../../src/app/room.ts'
import type { Decider } from '../../src/domain/decider.ts'

/** A room for tests of the ledger: notes on a board, each an entry and a row. */
const pinned = z.strictObject({
  type: z.literal('board.pinned.v1'),
  note: z.string().max(60_000),
  text: z.string().max(70_000),
})
type Pinned = z.infer<typeof pinned>
export type BoardCommand = {
  readonly type: 'pin'
  readonly notes: readonly { readonly note: string; readonly text: string }[]
}

const board: Decider<BoardCommand, null, Pinned, never> = {
  initial: null,
  decide: ({ notes }) => notes.map((note) => ({ type: 'board.pinned.v1' as const, ...note })),
  evolve: () => null,
}

export const boardRoom = defineRoom({
  name: 'board',
  decider: board,
  event: pinned,
  // Every command its own stream: nothing has to be folded before it.
  streamOf: ({ notes }: BoardCommand) => `board/${notes[0]?.note ?? ''}`,
})

export const boardProjections: readonly Projection[] = [
  defineProjection({
    name: 'board',
    version: 1,
    tables: ['board'],
    ddl: 'create table board (note text primary key, text text not null, seq bigint not null);',
    readers: [
      reads(boardRoom, async ({ note, text }, { seq }, view) => {
        await view.put('board', { note, text, seq })
      }),
    ],
  }),
  defineProjection({
    name: 'persons-of-the-test',
    version: 1,
    tables: ['persons'],
    ddl: `create table persons (person text primary key, name text, email text,
            erased boolean not null);`,
    readers: [],
  }),
]
