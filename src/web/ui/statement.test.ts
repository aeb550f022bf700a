import { expect, test } from 'vitest'
import { formatter } from '../messages/format.ts'
import { signMessages } from '../messages/sign.ts'
import { statementFacts } from './statement.ts'

const format = formatter('en', 'Asia/Tokyo')

test('nothing of what is signed is left out, known to us or not', () => {
  const statement = JSON.stringify({
    act: 'accept-exception',
    exception: 'exc_1',
    acceptedUntil: '2026-06-30',
    unheardOf: ['a', 1],
    inside: { digest: 'ff' },
  })
  expect(statementFacts(statement, signMessages.en, format)).toEqual([
    { label: 'Act', value: 'Accept this exception for a while' },
    { label: 'Exception', value: 'exc_1' },
    { label: 'Accepted until', value: '30 June 2026' },
    { label: 'unheardOf', value: '["a",1]' },
    { label: 'inside.digest', value: 'ff' },
  ])
})

test('a statement that is no object has no facts; its bytes are still shown', () => {
  expect(statementFacts('nonsense', signMessages.en, format)).toEqual([])
})
