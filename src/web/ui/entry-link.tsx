import { useMay } from '../api/session.ts'
import { useFormat, useMessages } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { TextLink } from './link.tsx'

/** The entry of the ledger that shows something: its bytes and its proof are one click away. */
export function EntryLink({ seq }: { readonly seq: number }) {
  const t = useMessages().ui
  const format = useFormat()
  const mayI = useMay()
  const label = t.entry(format.number(seq))
  if (!mayI('ledger.read')) return <span className="entry-link">{label}</span>
  return (
    <TextLink className="entry-link" to={paths.entry(seq)}>
      {label}
    </TextLink>
  )
}
