/**
 * A program for tests that are about to kill it: opens the data folder, appends, and prints one
 * line per acknowledged deposit. `node acknowledging.ts FOLDER`
 */
import { createEngine } from '../../app/engine/create-engine.ts'
import { accountProjections, openAccounts } from '../../app/engine/testing/accounts.ts'
import { systemClock } from '../../app/ports.ts'
import { openBlobFolder } from '../blob-folder.ts'
import { openDatabase } from '../database.ts'
import { openStore } from '../postgres-store.ts'

const dataFolder = process.argv[2] ?? ''
const writers = 8

const database = await openDatabase({ dataFolder })
const engine = createEngine({
  store: openStore(database.connecting),
  blobs: openBlobFolder(`${dataFolder}/blobs`),
  clock: systemClock,
  projections: accountProjections,
})
const accounts = openAccounts(engine)
const by = 'per_writer'
await accounts.handle({ type: 'open', account: 'a', holder: by, name: 'writer' }, { by })
console.log(`postgres ${database.embedded?.pid()}`)
await Promise.all(
  Array.from({ length: writers }, async (_, writer) => {
    for (let i = 0; ; i++) {
      const command = `w${writer}.${process.pid}.${i}`
      const done = await accounts.handle(
        { type: 'deposit', account: 'a', amount: 1 },
        { by, command },
      )
      if ('refused' in done) throw new Error(done.refused)
      console.log(`${command} ${done.first}`)
    }
  }),
)
