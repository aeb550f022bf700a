import { getCourse, withdrawCourse } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useLanguage, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { MarkdownView } from '../../ui/markdown-view.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Quiz } from './quiz.tsx'

export type Course = Output<typeof getCourse>

/** A course: its text, its quiz, and my attempts. */
export function CoursePage({ params }: { readonly params: { readonly course: string } }) {
  const t = useMessages().training
  const text = useText()
  const format = useFormat()
  const { language } = useLanguage()
  const course = useRead(getCourse, { params })
  const { passingScore, validMonths } = course
  return (
    <Page
      title={text(course.title)}
      note={t.one.summary(format.number(passingScore), format.number(validMonths))}
      breadcrumbs={[{ label: t.title, to: paths.training() }]}
      actions={course.state === 'offered' && <Withdraw course={course.id} />}
    >
      <Section title={t.one.text} sheet>
        <div lang={language}>
          <MarkdownView text={course.text[language]} />
        </div>
      </Section>
      {course.state === 'offered' && <Quiz course={course} />}
      <Attempts attempts={course.attempts} />
    </Page>
  )
}

function Attempts({ attempts }: { readonly attempts: Course['attempts'] }) {
  const t = useMessages().training.one
  const format = useFormat()
  return (
    <Section title={t.attempts}>
      {attempts.length === 0 && <p className="faint">{t.noAttempts}</p>}
      <ul className="lined-list">
        {attempts.map((attempt) => (
          <li key={attempt.seq} className="row">
            <Mark sign={attempt.passed ? 'met' : 'not-met'} />
            <span className="figure">{t.attempt(format.number(attempt.score))}</span>
            <span>{attempt.passed ? t.attemptPassed : t.attemptFailed}</span>
            <When at={attempt.at} />
            <EntryLink seq={attempt.seq} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Withdraw({ course }: { readonly course: string }) {
  const t = useMessages().training.one
  return (
    <ReasonCommandButton
      route={withdrawCourse}
      input={(reason) => ({ params: { course }, body: { reason } })}
      title={t.withdraw}
      text={t.withdrawText}
      done={t.withdrawn}
    />
  )
}
