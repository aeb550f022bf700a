import { useState } from 'react'
import { IconBooks, IconPlus } from '@tabler/icons-react'
import { getBoard, listControls } from '../../../contract/criteria.ts'
import { useAsOf } from '../../api/session.ts'
import { useRead } from '../../api/use-read.ts'
import { useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBar } from '../../ui/status-bar.tsx'
import { AssignMany } from './assign-many.tsx'
import { ControlTable } from './control-table.tsx'

/** What the organisation really does, with the status of each. */
export function ControlsPage() {
  const t = useMessages().controls
  const controls = useRead(listControls, {})
  const board = useRead(getBoard, {})
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const actions = (
    <>
      {controls.length > 0 && (
        <AssignMany
          chosen={[...keys]}
          onDone={() => {
            setKeys(new Set())
          }}
        />
      )}
      <Actions />
    </>
  )
  return (
    <Page title={t.title} note={t.note} actions={actions}>
      {controls.length > 0 && (
        <StatusBar
          tally={board.controls}
          label={t.totals}
          to={(status) => paths.controls({ status })}
        />
      )}
      <ControlTable
        label={t.list}
        rows={controls}
        selection={{
          keys,
          change: setKeys,
          label: (row) => t.select(row.id),
          can: (row) => row.state === 'adopted',
        }}
        empty={<NoControls />}
      />
    </Page>
  )
}

function Actions() {
  const t = useMessages().controls
  return (
    <>
      <ButtonLink to={paths.library()} icon={<IconBooks size={17} stroke={1.7} />}>
        {t.library}
      </ButtonLink>
      <CommandLink
        permission="controls.write"
        to={paths.newControl()}
        variant="default"
        icon={<IconPlus size={17} stroke={1.7} />}
      >
        {t.add}
      </CommandLink>
    </>
  )
}

function NoControls() {
  const t = useMessages().controls
  const asOf = useAsOf()
  return (
    <EmptyState
      title={t.empty.title}
      text={asOf === null ? t.empty.text : t.empty.past}
      actions={
        asOf === null && (
          <ButtonLink to={paths.library()} variant="filled">
            {t.library}
          </ButtonLink>
        )
      }
    />
  )
}
