import { TextInput } from '@mantine/core'
import { getBoard, listControls, listExceptions } from '../../../contract/criteria.ts'
import { listEntries } from '../../../contract/ledger.ts'
import { useAsOf, useMay, useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useSetSearch } from '../../routing/use-search.ts'
import { addDays, addMonths } from '../../ui/days.ts'
import { PageLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { DifferenceList } from './difference-list.tsx'
import { differences } from './differences.ts'
import { EntryTable } from './entry-table.tsx'
import { entriesMax, sinceOf } from './since.ts'

type Props = { readonly search: { readonly since?: string | undefined } }

/** What stands elsewhere than it did, and every entry in between. */
export function ChangesPage({ search }: Props) {
  const t = useMessages().changes
  const format = useFormat()
  const { today, firstDay } = useSession()
  const shown = useAsOf() ?? today
  const since = sinceOf(search.since, shown, firstDay)
  const mayI = useMay()
  return (
    <Page
      title={t.title}
      note={t.note(format.day(since), format.day(shown))}
      actions={<SincePicker since={since} shown={shown} firstDay={firstDay} />}
    >
      {mayI('criteria.read') && <Standing since={since} />}
      <Entries since={since} />
    </Page>
  )
}

type SinceProps = { readonly since: string; readonly shown: string; readonly firstDay: string }

function SincePicker({ since, shown, firstDay }: SinceProps) {
  const t = useMessages().changes
  const setSearch = useSetSearch()
  const quick = [
    { label: t.quick.day, day: addDays(shown, -1) },
    { label: t.quick.week, day: addDays(shown, -7) },
    { label: t.quick.month, day: addMonths(shown, -1) },
    { label: t.quick.quarter, day: addMonths(shown, -3) },
  ]
  return (
    <div className="since">
      {quick.map(({ label, day }) => (
        <button
          key={label}
          type="button"
          className="quiet-button"
          aria-pressed={day === since}
          disabled={day < addDays(firstDay, -1)}
          onClick={() => {
            setSearch({ since: day })
          }}
        >
          {label}
        </button>
      ))}
      <TextInput
        type="date"
        size="xs"
        aria-label={t.since}
        min={addDays(firstDay, -1)}
        max={addDays(shown, -1)}
        value={since}
        onChange={(event) => {
          setSearch({ since: event.currentTarget.value })
        }}
      />
    </div>
  )
}

function Standing({ since }: { readonly since: string }) {
  const t = useMessages().changes
  const format = useFormat()
  const query = { asOf: since }
  const criteria = differences(
    useRead(getBoard, { query }).criteria,
    useRead(getBoard, {}).criteria,
  )
  const controls = differences(useRead(listControls, { query }), useRead(listControls, {}))
  const exceptions = useRead(listExceptions, {})
  const opened = exceptions.filter((one) => format.dayOf(one.openedAt) > since)
  const fixed = exceptions.filter(
    (one) => one.fixedAt !== null && format.dayOf(one.fixedAt) > since,
  )
  return (
    <div className="halves">
      <div>
        <Section title={t.criteria} sheet>
          <DifferenceList
            differences={criteria}
            empty={t.noCriteria}
            to={(id) => paths.criterion(id)}
          />
        </Section>
        <Section title={t.exceptions} sheet>
          <ul className="status-legend">
            <li>
              <PageLink className="legend-item" to={paths.exceptions({ sort: '-opened' })}>
                <Mark sign="open" />
                <span>{t.opened(format.number(opened.length))}</span>
              </PageLink>
            </li>
            <li>
              <PageLink className="legend-item" to={paths.exceptions({ state: 'fixed' })}>
                <Mark sign="fixed" />
                <span>{t.fixed(format.number(fixed.length))}</span>
              </PageLink>
            </li>
          </ul>
        </Section>
      </div>
      <Section title={t.controls} sheet>
        <DifferenceList
          differences={controls}
          empty={t.noControls}
          to={(id) => paths.control(id)}
        />
      </Section>
    </div>
  )
}

function Entries({ since }: { readonly since: string }) {
  const t = useMessages().changes
  const format = useFormat()
  const { entries, total } = useRead(listEntries, {
    query: { since: addDays(since, 1), limit: entriesMax },
  })
  return (
    <Section
      title={t.entries}
      note={t.entriesNote(format.number(entries.length), format.number(total))}
      actions={<TextLink to={paths.entries({ since: addDays(since, 1) })}>{t.allEntries}</TextLink>}
    >
      <EntryTable entries={entries} />
    </Section>
  )
}
