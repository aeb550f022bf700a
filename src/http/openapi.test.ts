import { expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '../contract/routes.ts'
import { apiPage } from './api-page.ts'
import { openApiDocument } from './openapi.ts'

const document = openApiDocument(routes, 'http://localhost:8420')

test('every route is in the document once, with its permission', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  const ids = operations.map((operation) => operation['operationId'])
  expect(ids).toHaveLength(routes.length)
  expect(new Set(ids)).toEqual(new Set(routes.map((route) => route.id)))
  expect(operations.every((operation) => typeof operation['x-permission'] === 'string')).toBe(true)
})

test('every parameter in a path is described, and nothing else claims to be in it', () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    for (const operation of Object.values(operations)) {
      const said = z
        .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() }))
        .parse(operation['parameters'] ?? [])
      const inPath = said.filter((one) => one.in === 'path')
      expect(new Set(inPath.map((one) => one.name))).toEqual(new Set(named))
      expect(inPath.every((one) => one.required)).toBe(true)
    }
  }
})

test('what a query leaves out is not required, and no id is said twice', () => {
  const board = z
    .looseObject({
      parameters: z.array(z.looseObject({ name: z.string(), required: z.boolean() })),
    })
    .parse(document.paths['/api/criteria']?.['get'])
  expect(board.parameters).toMatchObject([{ name: 'asOf', required: false }])
  expect(new Set(routes.map((route) => `${route.method} ${route.path}`)).size).toBe(routes.length)
})

test('public routes ask for no token, all others for one', () => {
  const session = document.paths['/api/session']?.['get']
  expect(session?.['security']).toEqual([])
  expect(document.security).toEqual([{ token: [] }])
})

test('the page to read it needs no script and lists every route in both languages', () => {
  for (const language of ['ja', 'en']) {
    const page = apiPage(routes, document, language)
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).not.toMatch(/<script|style=|onclick/)
    for (const route of routes) expect(page).toContain(`id="${route.id}"`)
  }
})
