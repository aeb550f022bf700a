import { listPasswordPolicies } from '../../../contract/directory.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Section } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

type Policy = Output<typeof listPasswordPolicies>[number]
type Rule = Policy['rules'][number]

/** Every password policy held against the rule. */
export function PasswordPolicies() {
  const t = useMessages().directory
  const policies = useRead(listPasswordPolicies, {})
  if (policies.length === 0) return <p className="faint">{t.policiesEmpty}</p>
  return (
    <div className="stack">
      <p className="section-note">{t.policiesNote}</p>
      {policies.map((policy) => (
        <One key={`${policy.source.id} ${policy.id}`} policy={policy} />
      ))}
    </div>
  )
}

function One({ policy }: { readonly policy: Policy }) {
  const t = useMessages().directory.policy
  const format = useFormat()
  const columns = useColumns()
  const scope = policy.precedence === null ? t.whole : t.fine(format.number(policy.precedence))
  return (
    <Section
      title={`${policy.source.name}: ${policy.name}`}
      note={
        <>
          {scope} · {t.accounts(format.number(policy.accounts))} · <EntryLink seq={policy.seq} />
          {!policy.readable && (
            <>
              <br />
              <span className="tone-not-proven">{t.hidden}</span>
            </>
          )}
        </>
      }
    >
      <DataTable
        label={policy.name}
        name={policy.id}
        rows={policy.rules}
        columns={columns}
        rowKey={(row) => row.rule}
        bare
        empty={null}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Rule>[] {
  const t = useMessages().directory
  const text = useText()
  const words: Readonly<Record<string, string>> = t.policy.values
  return [
    { key: 'rule', title: t.policy.rule, cell: (row) => text(row.title) },
    { key: 'required', title: t.policy.required, cell: (row) => text(row.required) },
    {
      key: 'found',
      title: t.policy.found,
      cell: (row) =>
        row.found === null ? (
          <span className="faint">{t.unknown}</span>
        ) : (
          (words[row.found] ?? row.found)
        ),
      tight: true,
    },
    {
      key: 'state',
      title: t.policy.state,
      cell: (row) => <StatusBadge status={row.state} />,
      tight: true,
    },
    {
      key: 'ids',
      title: t.policy.ids,
      cell: (row) => <span className="faint small">{row.ids.join(', ')}</span>,
      wide: true,
    },
  ]
}
