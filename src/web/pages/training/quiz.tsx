import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { completeCourse } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useAsOf } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { Course } from './course-page.tsx'

type Result = Output<typeof completeCourse>

/** The quiz: every question once, graded on the server, explained afterwards. */
export function Quiz({ course }: { readonly course: Course }) {
  const t = useMessages().training.one
  const why = useMessages().ui.why.past
  const asOf = useAsOf()
  const [answers, setAnswers] = useState<Readonly<Record<string, number>>>({})
  const [tried, setTried] = useState(false)
  const [result, setResult] = useState<Result | null>(null)
  const command = useCommand(completeCourse)
  const isWhole = course.questions.every(({ id }) => answers[id] !== undefined)
  const handIn = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isWhole || asOf !== null) return
    setResult(await command.run({ params: { course: course.id }, body: { answers } }))
  }
  return (
    <Section title={t.quiz} note={t.quizNote}>
      <form className="form" aria-label={t.quiz} onSubmit={(event) => void handIn(event)}>
        {course.questions.map((question, at) => (
          <QuestionField
            key={question.id}
            number={at + 1}
            question={question}
            chosen={answers[question.id]}
            explanation={result?.explanations.find((one) => one.question === question.id)}
            onChoose={(choice) => {
              setAnswers((now) => ({ ...now, [question.id]: choice }))
            }}
          />
        ))}
        <ProblemNote problem={command.problem} />
        {result !== null && <Outcome result={result} needed={course.passingScore} />}
        {tried && !isWhole && (
          <p className="field-error" role="alert">
            {t.unanswered}
          </p>
        )}
        {asOf !== null && <p className="faint">{why}</p>}
        <div className="form-actions">
          <Button type="submit" size="sm" loading={command.running} disabled={asOf !== null}>
            {t.handIn}
          </Button>
        </div>
      </form>
    </Section>
  )
}

type QuestionProps = {
  readonly number: number
  readonly question: Course['questions'][number]
  readonly chosen: number | undefined
  readonly explanation: Result['explanations'][number] | undefined
  readonly onChoose: (choice: number) => void
}

function QuestionField({ number, question, chosen, explanation, onChoose }: QuestionProps) {
  const t = useMessages().training.one
  const text = useText()
  return (
    <fieldset className="question">
      <legend>
        {number}. {text(question.text)}
      </legend>
      <Radio.Group
        aria-label={text(question.text)}
        value={chosen?.toString() ?? null}
        onChange={(value) => {
          onChoose(Number(value))
        }}
      >
        <div className="stack">
          {question.choices.map((choice, at) => (
            <Radio key={choice.en} size="sm" value={at.toString()} label={text(choice)} />
          ))}
        </div>
      </Radio.Group>
      {explanation !== undefined && (
        <p className="small">
          <Mark sign={explanation.right ? 'met' : 'not-met'} />{' '}
          <strong>{explanation.right ? t.right : t.wrong}</strong> {text(explanation.why)}
        </p>
      )}
    </fieldset>
  )
}

function Outcome({ result, needed }: { readonly result: Result; readonly needed: number }) {
  const t = useMessages().training.one
  const format = useFormat()
  const score = format.number(result.score)
  return (
    <output className={result.passed ? 'note' : 'note note-warning'}>
      <Mark sign={result.passed ? 'met' : 'not-met'} />
      <span>{result.passed ? t.passed(score) : t.failed(score, format.number(needed))}</span>
    </output>
  )
}
