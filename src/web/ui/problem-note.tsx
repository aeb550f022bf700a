import type { ApiProblem } from '../../contract/api-problem.ts'
import { useFormat, useMessages, useText } from '../messages/language.tsx'
import { Mark } from './mark.tsx'

/** Rows of a refused file that are listed; the rest are counted. */
const shownMax = 50

type Props = { readonly problem: ApiProblem | null; readonly title?: string }

/** What happened, what to do, the code; for files also each row and field. */
export function ProblemNote({ problem, title }: Props) {
  const t = useMessages().ui
  const text = useText()
  const format = useFormat()
  if (problem === null) return null
  const rest = problem.problems.length - shownMax
  return (
    <div className="problem" role="alert">
      <Mark sign="not-met" />
      <div>
        <p className="problem-title">{title ?? t.problem.title}</p>
        <p>{text(problem.shown)}</p>
        {problem.problems.length > 0 && (
          <ul className="problem-rows">
            {problem.problems.slice(0, shownMax).map((one) => (
              <li key={`${one.row} ${one.field} ${one.code}`}>
                {one.row !== null && <strong>{t.form.row(format.number(one.row))} </strong>}
                {one.field !== '' && <code>{one.field}</code>} {text(one.message)}
              </li>
            ))}
            {rest > 0 && <li>{t.form.more(format.number(rest))}</li>}
          </ul>
        )}
        <p className="problem-code">
          {t.form.code}: <code>{problem.code}</code>
          {problem.about !== null && (
            <>
              {' '}
              — <span>{problem.about}</span>
            </>
          )}
        </p>
      </div>
    </div>
  )
}
