import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import type { Host } from './host-page.tsx'

type Area = Host['areas'][number]

/** What was seen on a machine, area by area. */
export function Areas({ host }: { readonly host: Host }) {
  return (
    <div className="stack">
      {host.areas.map((area) => (
        <OneArea key={area.area} area={area} />
      ))}
    </div>
  )
}

function OneArea({ area }: { readonly area: Area }) {
  const t = useMessages().hosts.one
  const text = useText()
  return (
    <Section
      title={text(area.title)}
      note={
        <>
          {t.changedAt} <EntryLink seq={area.seq} />
        </>
      }
    >
      {area.unreadable !== null && (
        <p className="note note-warning">
          <Mark sign="not-proven" />
          <span>{text(area.unreadable)}</span>
        </p>
      )}
      {area.unreadable === null && <AreaTable area={area} />}
      {area.gaps.length > 0 && (
        <details>
          <summary>{t.gaps}</summary>
          <ul>
            {area.gaps.map((gap) => (
              <li key={gap.en}>{text(gap)}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

/** Rows drawn before the rest is asked for. */
const rowsMax = 60

function AreaTable({ area }: { readonly area: Area }) {
  const t = useMessages().hosts.one
  const text = useText()
  const format = useFormat()
  if (area.rows.length === 0) return <p className="faint">{t.nothing}</p>
  const shown = area.rows.slice(0, rowsMax)
  return (
    <>
      <div className="table-scroll">
        <table className="table">
          <caption className="visually-hidden">{text(area.title)}</caption>
          <thead>
            <tr>
              {area.columns.map((column) => (
                <th key={column.en} scope="col">
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={JSON.stringify(row)}>
                {row.map((cell, at) => {
                  const label = area.columns[at]
                  return (
                    <td key={label?.en} data-label={label === undefined ? '' : text(label)}>
                      {typeof cell === 'string' ? cell : text(cell)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {area.total > shown.length && (
        <p className="faint small">
          {t.rows(format.number(shown.length), format.number(area.total))}
        </p>
      )}
    </>
  )
}
