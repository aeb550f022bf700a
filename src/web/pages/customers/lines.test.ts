import { expect, test } from 'vitest'
import { agreementDocument, systemDocument } from '../../../domain/customers/documents.ts'
import { environmentsIn, faultyLine, hostsIn, parameterLines, parametersIn } from './lines.ts'

const host = systemDocument.shape.hosts.element

test('a host is read from blanks, and from a spreadsheet’s tabs', () => {
  const read = {
    name: 'db1',
    environment: 'prod',
    address: '10.0.0.5',
    port: 22,
    principals: ['ops', 'deploy'],
    hostKey: null,
  }
  expect(hostsIn('db1 prod 10.0.0.5 22 ops,deploy\n\n')).toEqual([read])
  expect(hostsIn('db1\tprod\t10.0.0.5\t22\tops, deploy')).toEqual([read])
})

test('the line that cannot be read is named, whatever is wrong with it', () => {
  const good = 'db1 prod 10.0.0.5 22 ops'
  for (const bad of [
    'db1',
    'db1 prod 10.0.0.5 99999 ops',
    'db/1 prod 10.0.0.5 22 ops',
    'db1 prod -oProxyCommand=x 22 ops',
    'db1 prod 10.0.0.5 22 root;x',
    'db1 prod 10.0.0.5 22 ops not-a-key',
  ]) {
    expect(faultyLine(host, hostsIn(`${good}\n${bad}`))).toBe(2)
  }
  expect(environmentsIn('prod production\nstg other\nqa maybe')[2]?.code).toBe('')
})

test('parameters are read in their three kinds and written back the same', () => {
  const text = [
    'days; 1..30; 保持日数; Days to keep',
    'mode; full|incremental; 方式; Mode',
    'table; /[a-z_]{1,30}/; 表; Table',
  ].join('\n')
  const read = parametersIn(text)
  expect(read.map(({ kind }) => kind)).toEqual(['integer', 'choice', 'text'])
  expect(agreementDocument.shape.parameters.safeParse(read).success).toBe(true)
  expect(parameterLines(read)).toBe(text)
})
