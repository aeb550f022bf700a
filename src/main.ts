import { createProgram } from './main/program.ts'

await createProgram().parseAsync()
