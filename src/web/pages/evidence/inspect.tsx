import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Act } from '../../../contract/session.ts'
import { useSession } from '../../api/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'

type Conclusion = 'accepted' | 'rejected'
type Props = { readonly evidence: string; readonly uploader: string }

const noteMax = 4_000

/** A conclusion about a document, by somebody else than its uploader, signed. */
export function InspectButtons({ evidence, uploader }: Props) {
  const t = useMessages().evidence.inspect
  const { person } = useSession()
  const [conclusion, setConclusion] = useState<Conclusion | null>(null)
  const [act, setAct] = useState<Act | null>(null)
  const reason = person?.id === uploader ? t.own : null
  const button = (chosen: Conclusion, label: string) => (
    <CommandButton
      permission="evidence.inspect"
      reason={reason}
      variant={chosen === 'accepted' ? 'filled' : 'default'}
      onClick={() => {
        setConclusion(chosen)
      }}
    >
      {label}
    </CommandButton>
  )
  return (
    <>
      {button('accepted', t.accept)}
      {button('rejected', t.reject)}
      <Modal
        opened={conclusion !== null}
        title={conclusion === 'accepted' ? t.accept : t.reject}
        centered
        onClose={() => {
          setConclusion(null)
        }}
      >
        <NoteForm
          onNote={(note) => {
            if (conclusion !== null) {
              setAct({ act: 'inspect-evidence', evidence, conclusion, note })
            }
            setConclusion(null)
          }}
        />
      </Modal>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </>
  )
}

function NoteForm({ onNote }: { readonly onNote: (note: string) => void }) {
  const t = useMessages().evidence.inspect
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (note.trim() !== '') onNote(note.trim())
  }
  return (
    <form className="stack" noValidate onSubmit={send}>
      <p className="faint">{t.text}</p>
      <Textarea
        data-autofocus
        label={t.field}
        autosize
        minRows={3}
        maxLength={noteMax}
        value={note}
        error={tried && note.trim() === '' ? t.missing : null}
        onChange={(event) => {
          setNote(event.currentTarget.value)
        }}
      />
      <div className="dialog-actions">
        <Button type="submit" size="sm">
          {t.next}
        </Button>
      </div>
    </form>
  )
}
