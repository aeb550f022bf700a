import { useState } from 'react'
import { declarePort } from '../../../contract/devices.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { ReasonDialog } from '../../ui/confirm-dialog.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Mark } from '../../ui/mark.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import type { Host } from './host-page.tsx'

type Port = Host['ports'][number]

const nameOf = ({ protocol, port }: Port) => `${protocol}/${port}`

/** Ports that are open, or meant to be. */
export function Ports({ host }: { readonly host: Host }) {
  const t = useMessages().hosts.one
  const [asked, setAsked] = useState<Port | null>(null)
  const columns = useColumns(setAsked)
  return (
    <Section title={t.portsTitle} note={t.portsNote}>
      <DataTable
        label={t.portsTitle}
        name="ports"
        rows={host.ports}
        columns={columns}
        rowKey={nameOf}
        bare
        empty={<p className="faint">{t.nothing}</p>}
      />
      <Declare
        key={asked === null ? '' : nameOf(asked)}
        host={host.id}
        port={asked}
        onClose={() => {
          setAsked(null)
        }}
      />
    </Section>
  )
}

function useColumns(ask: (port: Port) => void): readonly Column<Port>[] {
  const t = useMessages().hosts.one
  return [
    {
      key: 'port',
      title: t.port,
      value: (row) => row.port,
      cell: (row) => <code>{nameOf(row)}</code>,
      tight: true,
    },
    {
      key: 'open',
      title: t.open,
      value: (row) => (row.open ? t.open : t.notOpen),
      cell: (row) => (row.open ? t.open : <span className="faint">{t.notOpen}</span>),
      tight: true,
    },
    { key: 'process', title: t.process, cell: (row) => row.process ?? '—', wide: true },
    {
      key: 'declared',
      title: t.declared,
      value: (row) => row.reason,
      cell: (row) => <Declared port={row} />,
    },
    {
      key: 'deed',
      title: '',
      cell: (row) => (
        <CommandButton
          permission="hosts.write"
          variant="subtle"
          size="xs"
          onClick={() => {
            ask(row)
          }}
        >
          {row.allowed ? t.withdraw : t.declare}
        </CommandButton>
      ),
      tight: true,
    },
  ]
}

function Declared({ port }: { readonly port: Port }) {
  const t = useMessages().hosts.one
  const sign = port.allowed ? 'met' : port.open ? 'not-met' : 'not-applicable'
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {port.allowed ? t.declared : t.undeclared}
      </span>{' '}
      <span className="faint">{port.reason}</span>
    </>
  )
}

type DeclareProps = {
  readonly host: string
  readonly port: Port | null
  readonly onClose: () => void
}

function Declare({ host, port, onClose }: DeclareProps) {
  const t = useMessages().hosts.one
  const command = useCommand(declarePort)
  const name = port === null ? '' : nameOf(port)
  const isAllowed = port?.allowed ?? false
  const run = async (reason: string) => {
    if (port === null) return
    const protocol = port.protocol === 'udp' ? 'udp' : 'tcp'
    const body = { protocol, port: port.port, allowed: !port.allowed, reason } as const
    const answer = await command.run({ params: { host }, body })
    if (answer === null) return
    notifySuccess(t.saved)
    onClose()
  }
  return (
    <ReasonDialog
      opened={port !== null}
      title={name}
      text={isAllowed ? t.withdrawText(name) : t.declareText(name)}
      confirm={isAllowed ? t.withdraw : t.declare}
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={(reason) => {
        void run(reason)
      }}
    />
  )
}
