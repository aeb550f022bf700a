import { Button, Modal, Select } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { houseRole as roleSchema } from '../../../contract/shared.ts'
import { changeRole, disableAccount, invite, refuseEnrolment } from '../../../contract/session.ts'
import type { Act } from '../../../contract/session.ts'
import { useSession } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useLanguage, useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { ConfirmDialog, ReasonDialog } from '../../ui/confirm-dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import type { Account } from './accounts-page.tsx'
import { InvitationLink } from './invitation-link.tsx'

type Props = { readonly account: Account | null; readonly onClose: () => void }
type Asked = 'disable' | 'relink' | 'refuse' | null

/** Everything that can be done with one account. */
export function AccountDialog({ account, onClose }: Props) {
  const t = useMessages().ui
  return (
    <Modal
      opened={account !== null}
      onClose={onClose}
      size="lg"
      centered
      title={account?.person.name ?? t.unknownPerson}
    >
      {account !== null && <Managed key={account.person.id} account={account} />}
    </Modal>
  )
}

function Managed({ account }: { readonly account: Account }) {
  const t = useMessages().settings
  const { person } = useSession()
  const own = account.person.id === person?.id ? t.account.own : null
  const houseRole = roleSchema.safeParse(account.role).data ?? null
  return (
    <div className="stack">
      {own !== null && <p className="faint">{own}</p>}
      {houseRole === null ? (
        <p className="faint">{t.account.guest}</p>
      ) : (
        <RoleChoice account={account} current={houseRole} why={own} />
      )}
      <PasskeyFacts account={account} />
      <Deeds account={account} why={own} />
    </div>
  )
}

type HouseRole = z.infer<typeof roleSchema>
type Part = { readonly account: Account; readonly why: string | null }

function RoleChoice({ account, current, why }: Part & { readonly current: HouseRole }) {
  const t = useMessages()
  const words = t.settings.account
  const command = useCommand(changeRole)
  const [role, setRole] = useState(current)
  const change = async () => {
    const { id } = account.person
    const answer = await command.run({ params: { person: id }, body: { role } })
    if (answer !== null) notifySuccess(words.roleChanged)
  }
  return (
    <>
      <div className="row">
        <Select
          size="sm"
          label={words.newRole}
          data={roleSchema.options.map((value) => ({ value, label: t.ui.role[value] }))}
          allowDeselect={false}
          disabled={why !== null}
          value={role}
          onChange={(next) => {
            const parsed = roleSchema.safeParse(next)
            if (parsed.success) setRole(parsed.data)
          }}
        />
        {role !== current && (
          <CommandButton
            permission="accounts.write"
            reason={why}
            running={command.running}
            onClick={() => {
              void change()
            }}
          >
            {words.changeRole}
          </CommandButton>
        )}
      </div>
      <ProblemNote problem={command.problem} />
    </>
  )
}

function PasskeyFacts({ account }: { readonly account: Account }) {
  const t = useMessages().settings
  const [act, setAct] = useState<Act | null>(null)
  const { passkey } = account
  if (passkey === null) return null
  const { invitedBy, confirmedBy } = passkey
  return (
    <>
      <FactList
        facts={[
          {
            label: t.account.fingerprint,
            value: <span className="hash">{passkey.fingerprint}</span>,
          },
          { label: t.account.enrolledAt, value: <When at={passkey.enrolledAt} /> },
          invitedBy === null
            ? null
            : { label: t.account.invitedBy, value: <Who who={invitedBy} /> },
          confirmedBy === null
            ? null
            : { label: t.account.confirmedBy, value: <Who who={confirmedBy} /> },
          passkey.backedUp ? { label: t.accounts.passkey, value: t.account.backedUp } : null,
        ]}
      />
      {passkey.mayConfirm && (
        <div className="stack">
          <p>{t.account.confirmText}</p>
          <div className="row">
            <CommandButton
              permission="accounts.confirm"
              onClick={() => {
                setAct({
                  act: 'confirm-passkey',
                  person: account.person.id,
                  fingerprint: passkey.fingerprint,
                })
              }}
            >
              {t.account.confirm}
            </CommandButton>
          </div>
        </div>
      )}
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </>
  )
}

function Deeds({ account, why }: Part) {
  const t = useMessages().settings.account
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => {
    setAsked(null)
  }
  const houseRole = roleSchema.safeParse(account.role).data ?? null
  const isWaiting = account.invitation !== null || account.passkey?.state === 'held'
  const button = (deed: Exclude<Asked, null>, label: string) => (
    <CommandButton
      permission="accounts.write"
      reason={why}
      variant="default"
      onClick={() => {
        setAsked(deed)
      }}
    >
      {label}
    </CommandButton>
  )
  return (
    <>
      <div className="dialog-actions">
        {isWaiting && button('refuse', t.refuse)}
        {account.state !== 'disabled' && houseRole !== null && button('relink', t.relink)}
        {account.state !== 'disabled' && button('disable', t.disable)}
      </div>
      {houseRole !== null && (
        <Relink account={account} role={houseRole} opened={asked === 'relink'} onClose={close} />
      )}
      <Refuse account={account} opened={asked === 'refuse'} onClose={close} />
      <Disable account={account} opened={asked === 'disable'} onClose={close} />
    </>
  )
}

type DeedProps = {
  readonly account: Account
  readonly opened: boolean
  readonly onClose: () => void
}

function Relink({ account, role, opened, onClose }: DeedProps & { readonly role: HouseRole }) {
  const all = useMessages()
  const t = all.settings.account
  const { language } = useLanguage()
  const command = useCommand(invite)
  const [made, setMade] = useState<{ link: string; expiresAt: string } | null>(null)
  const run = async () => {
    const { id, name, email } = account.person
    const body = { person: id, name: name ?? '', email: email ?? '', role, language }
    setMade(await command.run({ body }))
  }
  if (opened && made !== null) {
    return (
      <div className="stack">
        <InvitationLink link={made.link} expiresAt={made.expiresAt} />
        <div>
          <Button variant="default" size="sm" onClick={onClose}>
            {all.ui.close}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <ConfirmDialog
      opened={opened}
      title={t.relink}
      text={t.relinkText}
      confirm={t.relink}
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={() => {
        void run()
      }}
    />
  )
}

function Refuse({ account, opened, onClose }: DeedProps) {
  const t = useMessages().settings.account
  const command = useCommand(refuseEnrolment)
  const run = async () => {
    const answer = await command.run({ params: { person: account.person.id } })
    if (answer === null) return
    notifySuccess(t.refused)
    onClose()
  }
  return (
    <ConfirmDialog
      opened={opened}
      title={t.refuse}
      text={t.refuseText}
      confirm={t.refuse}
      danger
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={() => {
        void run()
      }}
    />
  )
}

function Disable({ account, opened, onClose }: DeedProps) {
  const t = useMessages().settings.account
  const command = useCommand(disableAccount)
  const run = async (reason: string) => {
    const answer = await command.run({ params: { person: account.person.id }, body: { reason } })
    if (answer === null) return
    notifySuccess(t.disabled)
    onClose()
  }
  return (
    <ReasonDialog
      opened={opened}
      title={t.disable}
      text={t.disableText}
      confirm={t.disable}
      danger
      running={command.running}
      problem={command.problem}
      onClose={onClose}
      onConfirm={(reason) => {
        void run(reason)
      }}
    />
  )
}
