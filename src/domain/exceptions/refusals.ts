import type { Text } from '../decider.ts'
import type { ExceptionsRefusal } from './exceptions.ts'

/** Refusals of the use cases, which know the people. */
export type ExceptionsCaseRefusal = 'exception-owner-inactive'

export const exceptionsRefusals: Record<ExceptionsRefusal | ExceptionsCaseRefusal, Text> = {
  'exception-unknown': {
    ja: 'その例外はありません。例外の一覧から選び直してください。',
    en: 'There is no such exception. Choose it from the list of exceptions.',
  },
  'exception-by-hand': {
    ja: '例外を手で作ったり閉じたりすることはできません。原因を直せば、次の観測で解消します。',
    en: 'Nobody opens or closes an exception by hand. Fix the cause; the next observation closes it.',
  },
  'exception-fixed': {
    ja: 'この例外はすでに解消しているため、受容する必要はありません。',
    en: 'This exception is fixed already; there is nothing to accept.',
  },
  'exception-due-past': {
    ja: '対応の期限が過去の日付です。今日以降の日を選んでください。',
    en: 'The response would be due in the past. Choose today or a later day.',
  },
  'exception-due-far': {
    ja: '対応の期限は1年以内にしてください。それより長くかかるなら、段階に分けて答えてください。',
    en: 'A response is due within a year. If it takes longer, answer with its first step.',
  },
  'exception-not-answered': {
    ja: '受容する前に、原因と対応を記録してください。何を受け入れるのかが分からなくなります。',
    en: 'Record the cause and the response before it is accepted, or nobody knows what is borne.',
  },
  'exception-own-answer': {
    ja: '原因と対応を書いた人と対応の担当者は、その例外を受容できません。別の人に署名を頼んでください。',
    en: 'Whoever answered an exception or carries out its response cannot accept it. Ask somebody else to sign.',
  },
  'exception-about-yourself': {
    ja: '自分についての例外は受容できません。別の人に署名を頼んでください。',
    en: 'Nobody accepts an exception about themselves. Ask somebody else to sign.',
  },
  'exception-changed': {
    ja: '署名しようとした後に、例外の内容または回答が変わりました。読み直して、もう一度判断してください。',
    en: 'The exception or its answer changed meanwhile. Load it again and decide anew.',
  },
  'exception-acceptance-past': {
    ja: '受容の期限が過去の日付です。今日以降の日を選んでください。',
    en: 'The acceptance would end in the past. Choose today or a later day.',
  },
  'exception-acceptance-long': {
    ja: '受容できるのは最長12か月です。期限が来たら、改めて判断してください。',
    en: 'An exception is accepted for at most 12 months. Decide again when it ends.',
  },
  'exception-owner-inactive': {
    ja: 'その人は在籍していないため、対応の担当者にできません。在籍中の人を選んでください。',
    en: 'That person does not work here now and cannot own the response. Choose somebody who does.',
  },
}
