import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { fingerprint as fingerprintSchema } from '../../../domain/customers/words.ts'
import type { Act } from '../../../contract/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import type { Contact } from './contacts.tsx'
import type { Customer } from './customer-page.tsx'

type Props = {
  readonly customer: Customer
  readonly contact: Contact
  readonly opened: boolean
  readonly onClose: () => void
}

/** The fingerprint is typed from the paper; the page never shows it beforehand. */
export function ConfirmKey({ customer, contact, opened, onClose }: Props) {
  const all = useMessages()
  const t = all.customers.contacts
  const [contract, setContract] = useState(customer.contracts[0]?.id ?? '')
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const [act, setAct] = useState<Act | null>(null)
  const said = typed.replaceAll(/\s/g, '')
  const isReadable = fingerprintSchema.safeParse(said).success
  const next = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isReadable || contract === '') return
    const person = contact.person.id
    setAct({
      act: 'confirm-contract-key',
      customer: customer.id,
      person,
      fingerprint: said,
      contract,
    })
  }
  return (
    <>
      <Modal opened={opened && act === null} onClose={onClose} title={t.confirm} centered>
        <form className="stack" onSubmit={next} noValidate>
          <p>{t.confirmText}</p>
          <Select
            size="sm"
            label={t.contract}
            allowDeselect={false}
            data={customer.contracts.map(({ id, title }) => ({ value: id, label: title }))}
            value={contract === '' ? null : contract}
            error={tried && contract === '' ? all.customers.contracts.none : null}
            onChange={(value) => {
              setContract(value ?? '')
            }}
          />
          <TextInput
            size="sm"
            label={t.fingerprint}
            placeholder="SHA256:…"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            error={tried && !isReadable ? all.ui.form.faults.format : null}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
            }}
          />
          <div className="dialog-actions">
            <Button variant="default" size="sm" onClick={onClose}>
              {all.ui.cancel}
            </Button>
            <Button size="sm" type="submit">
              {t.next}
            </Button>
          </div>
        </form>
      </Modal>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
          onClose()
        }}
      />
    </>
  )
}
