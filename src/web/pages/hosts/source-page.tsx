import { notFound } from '@tanstack/react-router'
import { listObservations, listSources, removeSource } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { ObservationHistory } from './observation-history.tsx'
import { ObserveNow } from './observe-now.tsx'
import { SourceHealth } from './source-health.tsx'

type Source = Output<typeof listSources>[number]

/** One source: how it fares, a look now, its whole history. */
export function SourcePage({ params }: { readonly params: { readonly source: string } }) {
  const t = useMessages().hosts
  const source = useRead(listSources, {}).find(({ id }) => id === params.source)
  const observations = useRead(listObservations, { params })
  // The router's own signal, which is not an Error.
  // oxlint-disable-next-line typescript/only-throw-error
  if (source === undefined) throw notFound()
  return (
    <Page
      title={source.name}
      breadcrumbs={[
        { label: t.title, to: paths.hosts() },
        { label: t.source.title, to: paths.sources() },
      ]}
      actions={source.state === 'active' && <Remove source={source.id} />}
    >
      {source.state === 'active' && <ObserveNow source={source.id} running={source.running} />}
      <Facts source={source} />
      <ObservationHistory observations={observations} />
    </Page>
  )
}

function Facts({ source }: { readonly source: Source }) {
  const t = useMessages().hosts
  const format = useFormat()
  const { host, removal, nextAt } = source
  return (
    <FactList
      facts={[
        { label: t.source.health, value: <SourceHealth source={source} /> },
        {
          label: t.source.target,
          value: source.kind === 'local' ? t.source.thisMachine : <code>{source.target}</code>,
        },
        host === null
          ? null
          : { label: t.host, value: <TextLink to={paths.host(host.id)}>{host.hostname}</TextLink> },
        { label: t.source.every, value: t.source.hours(format.number(source.everyHours)) },
        nextAt === null ? null : { label: t.source.next, value: <When at={nextAt} /> },
        { label: t.source.addedBy, value: <Who who={source.addedBy} /> },
        removal === null
          ? null
          : {
              label: t.source.removed,
              value: (
                <>
                  <Who who={removal.by} /> <When at={removal.at} /> {removal.reason}
                </>
              ),
            },
      ]}
    />
  )
}

function Remove({ source }: { readonly source: string }) {
  const t = useMessages().hosts.source
  return (
    <ReasonCommandButton
      route={removeSource}
      input={(reason) => ({ params: { source }, body: { reason } })}
      title={t.remove}
      text={t.removeText}
      done={t.removedNotice}
    />
  )
}
