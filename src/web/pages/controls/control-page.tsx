import { getControl } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { PageLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { CheckTable } from '../checks/check-table.tsx'
import { ControlActions } from './control-actions.tsx'
import { Mappings } from './mappings.tsx'
import { Occurrences } from './occurrences.tsx'

export type Control = Output<typeof getControl>
type Props = { readonly params: { readonly control: string } }

/** One control: what is done, what proves it, which criteria it answers, how it came to be. */
export function ControlPage({ params }: Props) {
  const t = useMessages()
  const text = useText()
  const control = useRead(getControl, { params })
  const isOpen = control.status === 'not-proven'
  return (
    <Page
      title={text(control.title)}
      id={control.id}
      badge={<StatusBadge size="lg" status={control.status} unproven={control.unproven} />}
      breadcrumbs={[{ label: t.controls.title, to: paths.controls() }]}
      actions={<ControlActions control={control} />}
      note={isOpen ? t.ui.unproven[control.unproven] : undefined}
    >
      <div className="columns">
        <div>
          <Section title={t.controls.statement}>
            <p className="lead pre-line">{text(control.statement)}</p>
          </Section>
          <Checks control={control} />
          {control.evidence && <Occurrences control={control} />}
          <Mappings control={control} />
        </div>
        <div>
          <Glance control={control} />
          <Versions control={control} />
        </div>
      </div>
    </Page>
  )
}

function Checks({ control }: { readonly control: Control }) {
  const t = useMessages().controls
  return (
    <Section title={t.checks} note={control.checkRows.length > 0 ? t.checksNote : undefined}>
      <CheckTable
        label={t.checks}
        rows={control.checkRows}
        bare
        empty={<p className="faint">{control.evidence ? t.noChecks : t.noTest}</p>}
      />
    </Section>
  )
}

function Glance({ control }: { readonly control: Control }) {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  return (
    <Section title={t.controls.facts} sheet>
      <FactList
        facts={[
          {
            label: t.controls.owner,
            value:
              control.owner === null ? (
                <span className="tone-not-proven">{t.controls.noOwner}</span>
              ) : (
                <Who who={control.owner} />
              ),
          },
          { label: t.controls.ownerRole, value: t.ui.ownerRole[control.ownerRole] },
          { label: t.controls.cadence, value: t.ui.cadence[control.cadence] },
          { label: t.controls.proof, value: text(control.proof) },
          {
            label: t.controls.evidenceNeeded,
            value: control.evidence ? t.controls.evidenceYes : t.controls.evidenceNo,
          },
          { label: t.controls.criteria, value: <Criteria ids={control.criteria} /> },
          { label: t.controls.exceptions, value: format.number(control.exceptions) },
          { label: t.controls.originLabel, value: t.controls.origin[control.origin] },
          control.state === 'retired'
            ? { label: t.controls.state, value: t.controls.states.retired }
            : null,
        ]}
      />
    </Section>
  )
}

function Criteria({ ids }: { readonly ids: readonly string[] }) {
  return (
    <ul className="chips">
      {ids.map((id) => (
        <li key={id}>
          <PageLink className="chip" to={paths.criterion(id)}>
            {id}
          </PageLink>
        </li>
      ))}
    </ul>
  )
}

function Versions({ control }: { readonly control: Control }) {
  const t = useMessages().controls
  const format = useFormat()
  return (
    <Section title={t.versions} sheet>
      <ol className="story">
        {control.versions.toReversed().map((version) => (
          <li key={version.seq}>
            <span className="story-what">
              <strong>{t.versionNo(format.number(version.version))}</strong>{' '}
              {t.versionKind[version.kind]}
              {version.change !== '' && <span className="version-change">{version.change}</span>}
            </span>
            <span className="story-who">
              <When at={version.at} />
              <Who who={version.by} />
              <EntryLink seq={version.seq} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
