import { useState } from 'react'
import { listExceptions } from '../../../contract/criteria.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink, PageLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import { AnswerMany } from './answer-many.tsx'
import { ExceptionTable } from './exception-table.tsx'

const states = ['open', 'answered', 'accepted', 'fixed'] as const

/** Every exception that was ever found. */
export function ExceptionsPage() {
  const t = useMessages()
  const format = useFormat()
  const rows = useRead(listExceptions, {})
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  return (
    <Page
      title={t.exceptions.title}
      note={t.exceptions.note}
      actions={
        rows.length > 0 && (
          <AnswerMany
            chosen={[...keys]}
            onDone={() => {
              setKeys(new Set())
            }}
          />
        )
      }
    >
      {rows.length > 0 && (
        <ul className="status-legend">
          {states.map((state) => (
            <li key={state}>
              <PageLink className="legend-item" to={paths.exceptions({ state })}>
                <Mark sign={state} />
                <span>{t.ui.exceptionState[state]}</span>
                <strong className="figure">
                  {format.number(rows.filter((row) => row.state === state).length)}
                </strong>
              </PageLink>
            </li>
          ))}
        </ul>
      )}
      <ExceptionTable
        label={t.exceptions.list}
        rows={rows}
        selection={{
          keys,
          change: setKeys,
          label: (row) => t.exceptions.select(row.label),
          can: (row) => row.state === 'open' || row.state === 'answered',
        }}
        empty={
          <EmptyState
            title={t.exceptions.empty.title}
            text={t.exceptions.empty.text}
            actions={<ButtonLink to={paths.checks()}>{t.exceptions.empty.action}</ButtonLink>}
          />
        }
      />
    </Page>
  )
}
