import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { course, type Course } from '../../domain/training/course.ts'

const header = z.record(z.string(), z.unknown())

/**
 * Reads the starter courses of the program: `<id>.json` with the terms and the quiz, and the texts in
 * `<id>.ja.md` and `<id>.en.md`. A course that is not whole throws: it is a fault of the program.
 */
export function readCourses(folder: string): readonly Course[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const id = name.slice(0, -'.json'.length)
      const read = (file: string) => readFileSync(join(folder, file), 'utf8')
      const terms = header.parse(JSON.parse(read(name)))
      return course.parse({
        ...terms,
        id,
        text: { ja: read(`${id}.ja.md`), en: read(`${id}.en.md`) },
      })
    })
}
