import { expect, test } from 'vitest'
import { noticeGroups } from './notice-groups.ts'

const message = { ja: '確認を待っています', en: 'waits' }
const about = (id: string) => ({ id, name: id })

test('the same news about many people is one line, and what is about me comes first', () => {
  const groups = noticeGroups(
    [
      { code: 'confirmation-waiting', message, about: about('a') },
      { code: 'confirmation-waiting', message, about: about('b') },
      { code: 'passkey-unconfirmed', message, about: about('me') },
    ],
    'me',
  )
  expect(groups.map((group) => [group.code, group.mine, group.about.map(({ id }) => id)])).toEqual([
    ['passkey-unconfirmed', true, ['me']],
    ['confirmation-waiting', false, ['a', 'b']],
  ])
})
