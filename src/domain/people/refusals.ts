import type { Text } from '../decider.ts'
import type { PeopleRefusal } from './people.ts'

/** Refusals of the use cases beside those of the decider. */
export type PeopleUseRefusal = 'person-unknown' | 'person-has-account'

export const peopleRefusals: Record<PeopleRefusal | PeopleUseRefusal, Text> = {
  'roster-changed': {
    ja: '確認のあとで、ファイルか名簿が変わりました。もう一度ファイルを選び、変わる内容を確かめてから確定してください。',
    en: 'The file or the roster has changed since the preview. Choose the file again, look at what would change, and then confirm.',
  },
  'person-listed-already': {
    ja: 'この人はすでに名簿にいます。もう一度ファイルを選び、変わる内容を確かめてください。',
    en: 'This person is on the roster already. Choose the file again and look at what would change.',
  },
  'person-not-listed': {
    ja: 'この人は名簿にいません。名簿を取り込んでから行ってください。',
    en: 'This person is not on the roster. Import the roster first.',
  },
  'person-erased': {
    ja: 'この人の個人データは消去されていて、元には戻せません。再び在籍するときは、新しい社員番号で名簿に載せてください。',
    en: 'This person’s data was erased and cannot come back. If they work here again, list them with a new employee number.',
  },
  'person-still-employed': {
    ja: '在籍中の人の個人データは消去できません。退職日を名簿に載せて取り込み、その日が過ぎてから消去してください。',
    en: 'The data of somebody who still works here cannot be erased. Import their end date and erase them once it has passed.',
  },
  'person-unknown': {
    ja: 'その人は見つかりません。一覧から選び直してください。',
    en: 'There is no such person. Choose again from the list.',
  },
  'person-has-account': {
    ja: 'この人のアカウントがまだ使えます。先にアカウントを停止してください。',
    en: 'This person’s account can still be used. Disable the account first.',
  },
}

export type RosterProblem =
  | 'employee-number-duplicate'
  | 'email-duplicate'
  | 'email-malformed'
  | 'groups-unknown'
  | 'end-before-start'
  | 'manager-unknown'
  | 'manager-ambiguous'
  | 'manager-self'
  | 'manager-circle'

/** What can be wrong in a row of a roster; `{value}` is what stands there. */
export const rosterProblems: Record<RosterProblem, Text> = {
  'employee-number-duplicate': {
    ja: '{value} 行目と同じ社員番号です。',
    en: 'Row {value} has the same employee number.',
  },
  'email-duplicate': {
    ja: '{value} 行目と同じメールアドレスです。',
    en: 'Row {value} has the same e-mail address.',
  },
  'email-malformed': {
    ja: '「{value}」はメールアドレスの形ではありません。',
    en: '“{value}” is not an e-mail address.',
  },
  'groups-unknown': {
    ja: '「{value}」は区分の名前ではありません。「運用」「開発」のどちらか、または両方を書いてください。',
    en: '“{value}” is not the name of a group. Write “operations”, “development” or both.',
  },
  'end-before-start': {
    ja: '退職日「{value}」が入社日より前です。',
    en: 'The end date “{value}” is before the start date.',
  },
  'manager-unknown': {
    ja: '上長「{value}」が名簿に見つかりません。社員番号で書いてください。',
    en: 'The manager “{value}” is not on the roster. Write their employee number.',
  },
  'manager-ambiguous': {
    ja: '上長「{value}」と同じ名前の人が二人以上います。社員番号で書いてください。',
    en: 'More than one person is called “{value}”. Write the manager’s employee number.',
  },
  'manager-self': {
    ja: '自分自身が上長になっています：「{value}」',
    en: 'The person is their own manager: “{value}”',
  },
  'manager-circle': {
    ja: '上長をたどると元の人に戻ります：{value}',
    en: 'Following the managers leads back to the same person: {value}',
  },
}
