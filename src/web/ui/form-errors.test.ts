import { expect, test } from 'vitest'
import { addControl, answerException } from '../../contract/criteria.ts'
import { setUp } from '../../contract/session.ts'
import { faultsOf, inField } from './form-errors.ts'

test('what is empty is asked for, whatever form it should have', () => {
  expect(faultsOf(answerException.body, { cause: ' ', plan: '', owner: '', due: '' })).toEqual({
    cause: { kind: 'required' },
    plan: { kind: 'required' },
    owner: { kind: 'required' },
    due: { kind: 'required' },
  })
})

test('what has the wrong form is named by its field, parts included', () => {
  const faults = faultsOf(setUp.body, {
    token: 'a'.repeat(43),
    organisation: { name: { ja: '青葉', en: 'x'.repeat(501) }, timeZone: 'Asia/Tokyo' },
    categories: [],
    administrator: { name: 'A', email: 'nobody' },
    credential: {},
  })
  expect(faults).toEqual({
    'organisation.name.en': { kind: 'too-long', max: 500 },
    categories: { kind: 'required' },
    'administrator.email': { kind: 'email' },
  })
})

test('a fault of one member of a list belongs to the list', () => {
  const faults = faultsOf(addControl.body.shape.criteria, ['CC6.1', 'nonsense'])
  expect(inField({ 'criteria.1': 'x' }, 'criteria')).toBe('x')
  expect(inField({ 'criteria.1': 'x' }, 'crit')).toBeNull()
  expect(Object.keys(faults)).toEqual(['1'])
})

test('what fits has no fault', () => {
  const owner = `per_${'0'.repeat(26)}`
  expect(
    faultsOf(answerException.body, { cause: 'a', plan: 'b', owner, due: '2026-04-01' }),
  ).toEqual({})
})
