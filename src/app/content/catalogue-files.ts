import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCatalogue, type Catalogue } from '../../domain/criteria/catalogue.ts'

/** Where the content files lie: beside `src`, in the repository and in what is installed. */
export const contentFolder = fileURLToPath(new URL('../../../content/', import.meta.url))

/**
 * Reads the criteria, the frameworks and the library of controls, once, at the start.
 *
 * @throws CatalogueError naming everything that is wrong with them.
 */
export function readCatalogue(folder: string = contentFolder): Catalogue {
  return parseCatalogue({
    criteria: readJson(join(folder, 'criteria', 'soc2-2017.json')),
    frameworks: jsonFiles(join(folder, 'frameworks')),
    controls: jsonFiles(join(folder, 'controls')),
  })
}

function jsonFiles(folder: string): unknown[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readJson(join(folder, name)))
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
