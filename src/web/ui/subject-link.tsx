import { useMay } from '../api/session.ts'
import { TextLink } from './link.tsx'
import { subjectPlace } from './subject-path.ts'

type Props = { readonly check: string; readonly subject: string; readonly label: string }

/** What a check found something about, as a link to its page when it has one that I may read. */
export function SubjectLink({ check, subject, label }: Props) {
  const mayI = useMay()
  const place = subjectPlace(check, subject)
  if (place === null || !mayI(place.permission)) return <>{label}</>
  return <TextLink to={place.to}>{label}</TextLink>
}
