import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Mark } from '../../ui/mark.tsx'
import { SubjectLink } from '../../ui/subject-link.tsx'
import type { Check } from './check-page.tsx'

type Member = Check['members'][number]

/** Everything the check speaks of, and for which of it the rule does not hold. */
export function Members({ check }: { readonly check: Check }) {
  const t = useMessages().checks
  const format = useFormat()
  const columns = useColumns(check.id)
  const isCut = check.members.length < check.population
  return (
    <div className="stack">
      {isCut && (
        <p className="section-note">
          {t.membersNote(format.number(check.members.length), format.number(check.population))}
        </p>
      )}
      <DataTable
        label={t.members}
        rows={check.members}
        columns={columns}
        rowKey={(row) => row.subject}
        name="members"
        sortedBy="result"
        empty={<EmptyState title={t.noMembers.title} text={t.noMembers.text} />}
      />
    </div>
  )
}

/** Members of which nothing is known, and why: neither a pass nor hidden. */
export function Unproven({ check }: { readonly check: Check }) {
  const t = useMessages().checks
  const text = useText()
  return (
    <div className="stack">
      <p className="section-note">{t.unreadableNote}</p>
      <ul className="lined-list">
        {check.unprovenRows.map((row) => (
          <li key={`${row.subject} ${row.reason.en}`} className="line">
            <span className="badge badge-sm tone-not-proven">
              <Mark sign="not-proven" />
              {row.label}
            </span>
            <span className="faint">{text(row.reason)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useColumns(check: string): readonly Column<Member>[] {
  const t = useMessages().checks
  return [
    {
      key: 'member',
      title: t.member,
      value: (row) => row.label,
      text: (row) => `${row.label} ${row.subject}`,
      cell: (row) => <SubjectLink check={check} subject={row.subject} label={row.label} />,
    },
    {
      key: 'result',
      title: t.result,
      value: (row) => Number(!row.exception),
      text: (row) => (row.exception ? t.doesNotHold : t.holds),
      facet: (row) => [row.exception ? 'exception' : 'holds'],
      choices: [
        { value: 'exception', label: t.doesNotHold },
        { value: 'holds', label: t.holds },
      ],
      cell: (row) => <Result exception={row.exception} />,
      tight: true,
    },
  ]
}

function Result({ exception }: { readonly exception: boolean }) {
  const t = useMessages().checks
  const sign = exception ? 'not-met' : 'met'
  return (
    <span className={`badge badge-sm tone-${sign}`}>
      <Mark sign={sign} />
      {exception ? t.doesNotHold : t.holds}
    </span>
  )
}
