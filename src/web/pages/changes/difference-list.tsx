import { useState } from 'react'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import type { Path } from '../../paths.ts'
import { TextLink } from '../../ui/link.tsx'
import type { StatusName } from '../../ui/status-badge.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { Difference } from './differences.ts'
import { direction } from './differences.ts'

/** So many are listed at first. */
const shownMax = 12

type Props = {
  readonly differences: readonly Difference[]
  readonly empty: string
  readonly to: (id: string) => Path
}

/** Each as a sentence: it was that, it is this. */
export function DifferenceList({ differences, empty, to }: Props) {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  const [all, setAll] = useState(false)
  if (differences.length === 0) return <p className="faint">{empty}</p>
  const shown = all ? differences : differences.slice(0, shownMax)
  return (
    <>
      <ul className="lined-list">
        {shown.map((one) => (
          <li key={one.id} className="difference">
            <TextLink to={to(one.id)}>
              <span className="id-code">{one.id}</span> {text(one.title)}
            </TextLink>
            <span className="difference-way">
              <Side status={one.before} absent={t.changes.added} said={t.changes.was} />
              <span aria-hidden>→</span>
              <Side status={one.after} absent={t.changes.gone} said={t.changes.is} />
              <Direction difference={one} />
            </span>
          </li>
        ))}
      </ul>
      {shown.length < differences.length && (
        <p className="more">
          <button
            type="button"
            className="quiet-button"
            onClick={() => {
              setAll(true)
            }}
          >
            {t.ui.table.more(format.number(differences.length - shown.length))}
          </button>
        </p>
      )}
    </>
  )
}

type SideProps = {
  readonly status: StatusName | null
  readonly absent: string
  readonly said: string
}

function Side({ status, absent, said }: SideProps) {
  return (
    <>
      <span className="visually-hidden">{said}</span>
      {status === null ? <span className="faint">{absent}</span> : <StatusBadge status={status} />}
    </>
  )
}

function Direction({ difference }: { readonly difference: Difference }) {
  const t = useMessages().changes
  const way = direction(difference)
  if (way === 0) return null
  return (
    <span className={way > 0 ? 'small tone-met' : 'small tone-not-met'}>
      {way > 0 ? t.better : t.worse}
    </span>
  )
}
