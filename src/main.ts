import { start } from './main/start.ts'

await start({ apiOnly: process.argv.includes('--api-only') })
