import { useMay } from '../api/session.ts'
import { useMessages } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { TextLink } from './link.tsx'

type Props = { readonly who: { readonly id: string; readonly name: string | null } }

/** A person who did something; the program itself is named as such, erased people stay erased. */
export function Who({ who }: Props) {
  const t = useMessages().ui
  const mayI = useMay()
  if (who.id.startsWith('system:')) {
    const parts: Readonly<Record<string, string>> = t.systemParts
    const part = who.id.slice('system:'.length)
    return <span>{t.systemPart(parts[part] ?? part)}</span>
  }
  const name = who.name ?? t.unknownPerson
  if (!mayI('people.read') || !who.id.startsWith('per_')) return <span>{name}</span>
  return <TextLink to={paths.person(who.id)}>{name}</TextLink>
}
