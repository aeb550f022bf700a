import { getCheck } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { PageLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { SqlBlock } from '../../ui/sql-block.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { UrlTabs } from '../../ui/url-tabs.tsx'
import { When } from '../../ui/when.tsx'
import { ExceptionTable } from '../exceptions/exception-table.tsx'
import { History, Strip } from './history.tsx'
import { Members, Unproven } from './members.tsx'

export type Check = Output<typeof getCheck>
type Props = { readonly params: { readonly check: string } }

/** One check: the rule, the very SQL, what it looked at, and every result that was recorded. */
export function CheckPage({ params }: Props) {
  const t = useMessages()
  const text = useText()
  const check = useRead(getCheck, { params })
  return (
    <Page
      title={text(check.title)}
      badge={<StatusBadge size="lg" status={check.status} unproven={check.unproven} />}
      breadcrumbs={[{ label: t.checks.title, to: paths.checks() }]}
      note={check.status === 'not-proven' ? t.ui.unproven[check.unproven] : undefined}
    >
      <div className="columns">
        <div>
          <Section title={t.checks.rule}>
            <p className="lead">{text(check.rule)}</p>
          </Section>
          {check.exceptions > 0 && (
            <Section title={t.checks.remedy}>
              <p className="pre-line">{text(check.remedy)}</p>
            </Section>
          )}
          {check.history.length > 0 && (
            <Section title={t.checks.strip}>
              <Strip results={check.history} />
            </Section>
          )}
        </div>
        <Glance check={check} />
      </div>
      <UrlTabs
        label={t.checks.tabs}
        tabs={[
          {
            value: 'exceptions',
            label: t.checks.exceptions,
            count: check.exceptionRows.filter(({ state }) => state !== 'fixed').length,
            content: (
              <ExceptionTable
                label={t.checks.exceptions}
                rows={check.exceptionRows}
                bare
                empty={<p className="faint">{t.checks.noExceptions}</p>}
              />
            ),
          },
          {
            value: 'members',
            label: t.checks.members,
            count: check.population,
            content: <Members check={check} />,
          },
          ...(check.unprovenRows.length === 0
            ? []
            : [
                {
                  value: 'unproven',
                  label: t.checks.unreadable,
                  count: check.unprovenRows.length,
                  content: <Unproven check={check} />,
                },
              ]),
          { value: 'sql', label: t.checks.queries, content: <Queries check={check} /> },
          { value: 'history', label: t.checks.history, content: <History check={check} /> },
        ]}
      />
    </Page>
  )
}

function Glance({ check }: { readonly check: Check }) {
  const t = useMessages()
  const format = useFormat()
  return (
    <Section title={t.checks.facts} sheet>
      <FactList
        facts={[
          { label: t.checks.population, value: format.number(check.population) },
          { label: t.checks.exceptions, value: format.number(check.exceptions) },
          { label: t.checks.accepted, value: format.number(check.accepted) },
          { label: t.checks.cadence, value: t.ui.cadence[check.cadence] },
          {
            label: t.checks.lastSeen,
            value: check.lastSeenAt === null ? t.checks.never : <When at={check.lastSeenAt} />,
          },
          {
            label: t.checks.freshness,
            value:
              check.freshnessDays === null
                ? t.checks.freshnessNone
                : t.checks.freshnessDays(format.number(check.freshnessDays)),
          },
          {
            label: t.checks.tests,
            value: (
              <ul className="chips">
                {check.controls.map((id) => (
                  <li key={id}>
                    <PageLink className="chip" to={paths.control(id)}>
                      {id}
                    </PageLink>
                  </li>
                ))}
              </ul>
            ),
          },
          { label: 'ID', value: <code>{check.id}</code> },
        ]}
      />
    </Section>
  )
}

function Queries({ check }: { readonly check: Check }) {
  const t = useMessages().checks
  return (
    <div className="stack">
      <p className="section-note">{t.queriesNote}</p>
      <SqlBlock label={t.populationSql} sql={check.populationSql} />
      <SqlBlock label={t.exceptionsSql} sql={check.exceptionsSql} />
      {check.unprovenSql !== null && <SqlBlock label={t.unprovenSql} sql={check.unprovenSql} />}
    </div>
  )
}
