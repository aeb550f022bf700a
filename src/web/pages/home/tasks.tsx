import { useState } from 'react'
import { getTasks } from '../../../contract/evidence.ts'
import { useAsOf } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'
import { taskPath } from './task-path.ts'

/** So many are listed at first. */
const shownMax = 8

/** What is waiting for the person who is signed in, what is late first. */
export function Tasks() {
  const t = useMessages().home.tasks
  const { more } = useMessages().ui.table
  const text = useText()
  const format = useFormat()
  const tasks = useRead(getTasks, {})
  const asOf = useAsOf()
  const [all, setAll] = useState(false)
  const shown = all ? tasks : tasks.slice(0, shownMax)
  return (
    <Section title={t.title} note={asOf === null ? undefined : t.past} sheet>
      {tasks.length === 0 ? (
        <p className="faint">{t.none}</p>
      ) : (
        <ul className="lined-list">
          {shown.map((task) => (
            <li key={`${task.kind} ${task.id}`}>
              <span className="task-kind">
                {t.kinds[task.kind]}
                {task.due !== null && (
                  <span className={task.overdue ? 'tone-not-met' : ''}>
                    {' '}
                    · {t.due(format.shortDay(task.due))}
                    {task.overdue && ` (${t.overdue})`}
                  </span>
                )}
              </span>
              <TextLink to={taskPath(task)}>{text(task.title)}</TextLink>
            </li>
          ))}
        </ul>
      )}
      {shown.length < tasks.length && (
        <p className="more">
          <button
            type="button"
            className="quiet-button"
            onClick={() => {
              setAll(true)
            }}
          >
            {more(format.number(tasks.length - shown.length))}
          </button>
        </p>
      )}
    </Section>
  )
}
