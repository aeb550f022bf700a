import { getBoard, getTrend } from '../../../contract/criteria.ts'
import { useAsOf, useMay, useSession } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useSetSearch } from '../../routing/use-search.ts'
import { PageLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StatusBar } from '../../ui/status-bar.tsx'
import { StatusMosaic } from '../../ui/status-mosaic.tsx'
import { TrendChart } from '../../ui/trend-chart.tsx'
import { Guide } from './guide.tsx'
import { Tasks } from './tasks.tsx'

/** Where we stand, what comes next, and what is waiting for me. */
export function HomePage() {
  const t = useMessages().home
  const text = useText()
  const { organisation } = useSession()
  const asOf = useAsOf()
  const mayI = useMay()
  const name = organisation === null ? '' : text(organisation.name)
  const readsBoard = mayI('criteria.read')
  const greeting = asOf === null ? t.greeting(name) : t.greetingPast(name)
  return (
    <Page title={readsBoard ? greeting : t.title}>
      {readsBoard && <Standing />}
      <div className={readsBoard ? 'columns' : 'stack'}>
        <div>
          {mayI('organisation.read') && <Guide />}
          {readsBoard && <Trend />}
        </div>
        <div>
          <Tasks />
          {readsBoard && <Figures />}
        </div>
      </div>
    </Page>
  )
}

function Standing() {
  const t = useMessages().home
  const text = useText()
  const format = useFormat()
  const board = useRead(getBoard, {})
  const { met, notMet, notProven } = board.totals
  return (
    <Section
      title={t.board}
      note={t.share(format.number(met), format.number(met + notMet + notProven))}
      actions={<TextLink to={paths.criteria()}>{t.boardLink}</TextLink>}
      sheet
    >
      <StatusBar tally={board.totals} label={t.board} to={(status) => paths.criteria({ status })} />
      <StatusMosaic
        groups={board.series.map(({ id, title }) => ({
          id,
          title: text(title),
          tiles: board.criteria
            .filter((row) => row.series === id)
            .map((row) => ({
              id: row.id,
              title: text(row.title),
              status: row.status,
              to: paths.criterion(row.id),
            })),
        }))}
      />
    </Section>
  )
}

function Trend() {
  const t = useMessages().home
  const points = useRead(getTrend, {})
  const setSearch = useSetSearch()
  return (
    <Section title={t.trend} note={points.length > 1 ? t.trendNote : undefined} sheet>
      {points.length > 1 ? (
        <TrendChart
          label={t.trendLabel}
          points={points}
          onPick={(asOf) => {
            setSearch({ asOf })
          }}
        />
      ) : (
        <p className="faint">{t.trendEmpty}</p>
      )}
    </Section>
  )
}

const exceptionStates = ['open', 'answered', 'accepted', 'fixed'] as const

function Figures() {
  const t = useMessages()
  const format = useFormat()
  const board = useRead(getBoard, {})
  return (
    <>
      <Section title={t.home.controls} sheet>
        <StatusBar
          tally={board.controls}
          label={t.home.controls}
          to={(status) => paths.controls({ status })}
        />
      </Section>
      <Section title={t.home.exceptions} sheet>
        <ul className="status-legend">
          {exceptionStates.map((state) => (
            <li key={state}>
              <PageLink className="legend-item" to={paths.exceptions({ state })}>
                <Mark sign={state} />
                <span>{t.ui.exceptionState[state]}</span>
                <strong className="figure">{format.number(board.exceptions[state])}</strong>
              </PageLink>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
