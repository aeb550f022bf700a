import { useMay } from '../api/session.ts'
import { useMessages } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { TextLink } from './link.tsx'

type Props = { readonly who: { readonly id: string; readonly name: string | null } }

/** A person who did something; the program itself is named as such, erased people stay erased. */
export function Who({ who }: Props) {
  const t = useMessages().ui
  const mayI = useMay()
  if (who.id.startsWith('system:')) return <span>{t.systemPart(who.id.slice(7))}</span>
  const name = who.name ?? t.unknownPerson
  if (!mayI('people.read') || !who.id.startsWith('per_')) return <span>{name}</span>
  return <TextLink to={paths.person(who.id)}>{name}</TextLink>
}
