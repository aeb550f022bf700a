import { configureGlobal, readConfigureGlobal } from 'fast-check'

// `SEED=… npm test` repeats what a random test printed when it failed.
const seed = Number(process.env['SEED'])
if (Number.isInteger(seed) && process.env['SEED'] !== '') {
  configureGlobal({ ...readConfigureGlobal(), seed })
}
