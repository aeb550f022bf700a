import type { Text } from '../decider.ts'
import type { TrainingRefusal } from './training.ts'

/** Refusals of the use cases beside those of the decider. */
export type TrainingUseRefusal = 'course-unknown'

export const trainingRefusals: Record<TrainingRefusal | TrainingUseRefusal, Text> = {
  'course-unknown': {
    ja: 'その研修は見つかりません。一覧から選び直してください。',
    en: 'There is no such course. Choose again from the list.',
  },
  'course-not-offered': {
    ja: 'この研修は今は実施していません。研修の担当者に確かめてください。',
    en: 'This course is not offered at present. Ask whoever runs the training.',
  },
  'attempt-not-own': {
    ja: '他の人の代わりに試験を受けることはできません。',
    en: 'Nobody can take a quiz for somebody else.',
  },
  'attempts-too-many': {
    ja: '一日に受けられる回数を使い切りました。教材を読み直して、明日もう一度受けてください。',
    en: 'You have used all attempts of today. Read the course again and try tomorrow.',
  },
  'answers-incomplete': {
    ja: 'まだ答えていない問題があります。すべてに答えてから提出してください。',
    en: 'Some questions have no answer yet. Answer all of them, then hand in the quiz.',
  },
  'answers-unknown': {
    ja: '問題が新しくなりました。ページを開き直して、もう一度答えてください。',
    en: 'The questions have changed meanwhile. Open the page again and answer once more.',
  },
}

export type CompletionProblem =
  | 'person-not-listed'
  | 'course-not-offered'
  | 'completed-in-future'
  | 'completion-duplicate'
  | 'score-unreadable'
  | 'passed-unreadable'
  | 'person-column-missing'

/** What can be wrong in a list of completions; `{value}` is what stands there. */
export const completionProblems: Record<CompletionProblem, Text> = {
  'person-not-listed': {
    ja: '「{value}」の人が名簿にいません。先に名簿を取り込んでください。',
    en: '“{value}” is nobody on the roster. Import the roster first.',
  },
  'course-not-offered': {
    ja: '「{value}」という研修は実施していません。研修の識別名か題名を書いてください。',
    en: 'No course “{value}” is offered. Write the id or the title of a course.',
  },
  'completed-in-future': {
    ja: '修了日「{value}」はまだ来ていません。',
    en: 'The day “{value}” has not come yet.',
  },
  'completion-duplicate': {
    ja: '{value} 行目と同じ人、研修、日付です。',
    en: 'Row {value} has the same person, course and day.',
  },
  'score-unreadable': {
    ja: '「{value}」は 0 から 100 までの点数として読めません。',
    en: '“{value}” is not a score between 0 and 100.',
  },
  'passed-unreadable': {
    ja: '「{value}」は合否として読めません。「合格」か「不合格」と書いてください。',
    en: '“{value}” is neither “passed” nor “failed”.',
  },
  'person-column-missing': {
    ja: '「社員番号」か「メールアドレス」の列が要ります。見出しの行に加えてください。',
    en: 'A column “Employee number” or “Email” is needed. Add one to the header row.',
  },
}
