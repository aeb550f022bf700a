import { listDirectoryAccounts } from '../../../contract/directory.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/link.tsx'
import { Section } from '../../ui/page.tsx'

/** Where somebody has accounts, and whether they can be used. */
export function PersonAccounts({ person }: { readonly person: string }) {
  const t = useMessages().directory
  const { rows } = useRead(listDirectoryAccounts, { query: { person } })
  return (
    <Section title={t.person.title}>
      {rows.length === 0 && <p className="faint">{t.person.none}</p>}
      <ul className="lined-list">
        {rows.map((row) => (
          <li key={row.id}>
            <TextLink to={paths.directoryAccount(row.id)}>{row.login}</TextLink>{' '}
            <span className="faint">
              {row.source.name} · {t.states[row.state]}
              {row.privileged && ` · ${t.privileged}`}
              {row.use !== null && row.use !== 'person' && ` · ${t.uses[row.use]}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
