import { listPolicies } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/when.tsx'
import { PolicyState } from './policy-state.tsx'
import { Starters } from './starters.tsx'

type Row = Output<typeof listPolicies>['policies'][number]

/** Every policy with its version, approval and readers; the starter set while it is not used up. */
export function PoliciesPage() {
  const t = useMessages().policies
  const { policies, starters } = useRead(listPolicies, {})
  const columns = [...useStateColumns(), ...useReadingColumns()]
  return (
    <Page
      title={t.title}
      note={t.note}
      actions={
        <CommandLink
          permission="policies.write"
          to={paths.newPolicy()}
          variant={policies.length === 0 ? 'default' : 'filled'}
        >
          {t.newPolicy}
        </CommandLink>
      }
    >
      <DataTable
        label={t.list}
        rows={policies}
        columns={columns}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.policy(row.id)}
        saveAs="policies"
        empty={<EmptyState title={t.empty.title} text={t.empty.text} />}
      />
      {starters.length > 0 && <Starters starters={starters} />}
    </Page>
  )
}

function useStateColumns(): readonly Column<Row>[] {
  const t = useMessages().policies
  const text = useText()
  const format = useFormat()
  const choices = (['approved', 'approved-with-draft', 'draft', 'withdrawn'] as const).map(
    (value) => ({ value, label: t.states[value] }),
  )
  return [
    {
      key: 'title',
      title: t.policy,
      value: (row) => text(row.title),
      cell: (row) => text(row.title),
    },
    {
      key: 'state',
      title: t.state,
      value: (row) => t.states[row.state],
      facet: (row) => [row.state],
      choices,
      cell: (row) => <PolicyState state={row.state} />,
      tight: true,
    },
    {
      key: 'version',
      title: t.version,
      value: (row) => row.version,
      cell: (row) => (row.version === null ? '—' : format.number(row.version)),
      numeric: true,
      tight: true,
    },
  ]
}

function useReadingColumns(): readonly Column<Row>[] {
  const t = useMessages().policies
  const { today } = useSession()
  const format = useFormat()
  return [
    {
      key: 'read',
      title: t.read,
      value: (row) => (row.required === 0 ? null : row.acknowledged / row.required),
      text: (row) => `${row.acknowledged}/${row.required}`,
      cell: (row) => (
        <>
          {row.required === 0
            ? '—'
            : t.readOf(format.number(row.acknowledged), format.number(row.required))}
          {row.mine.required && !row.mine.acknowledged && (
            <span className="small tone-not-met">
              <br />
              {t.mine}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'review',
      title: t.reviewDue,
      value: (row) => row.reviewDue,
      cell: (row) =>
        row.reviewDue === null ? (
          '—'
        ) : (
          <>
            <Day day={row.reviewDue} />
            {row.reviewDue < today && (
              <span className="small tone-not-met">
                <br />
                {t.reviewOverdue}
              </span>
            )}
          </>
        ),
      tight: true,
    },
    {
      key: 'audience',
      title: t.audience,
      value: (row) => t.audiences[row.audience],
      cell: (row) => t.audiences[row.audience],
      wide: true,
    },
  ]
}
