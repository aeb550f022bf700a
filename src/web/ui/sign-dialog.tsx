import { Button, Modal, Skeleton } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { prepareSignature, submitSignature } from '../../contract/session.ts'
import type { Act } from '../../contract/session.ts'
import { api } from '../api/api.ts'
import { signWithPasskey } from '../api/passkey.ts'
import type { ApiProblem } from '../../contract/api-problem.ts'
import { asProblem } from '../api/problem.ts'
import { useCommand } from '../api/use-command.ts'
import { useFormat, useMessages } from '../messages/language.tsx'
import { FactList } from './fact-list.tsx'
import { notifySuccess } from './notify.tsx'
import { ProblemNote } from './problem-note.tsx'
import { Seal } from './seal.tsx'
import { statementFacts } from './statement.ts'

type Props = {
  /** What is to be signed; null while the dialog is closed. */
  readonly act: Act | null
  readonly onClose: () => void
  /** After the act is in the ledger; everything has been read anew. */
  readonly onSigned?: (seq: number | null) => void
}

/**
 * Shows what is to be signed, as facts and as the exact bytes, and has it signed with a passkey.
 * The server words the statement and checks the signature over exactly what was shown.
 */
export function SignDialog({ act, onClose, onSigned }: Props) {
  const t = useMessages().ui.sign
  return (
    <Modal
      opened={act !== null}
      onClose={onClose}
      size="lg"
      centered
      title={
        <span className="sign-title">
          <Seal /> {act === null ? t.title : t.acts[act.act]}
        </span>
      }
    >
      {act !== null && <Signing act={act} onClose={onClose} onSigned={onSigned ?? nothing} />}
    </Modal>
  )
}

type SigningProps = {
  readonly act: Act
  readonly onClose: () => void
  readonly onSigned: (seq: number | null) => void
}

function Signing({ act, onClose, onSigned }: SigningProps) {
  const t = useMessages().ui.sign
  const [asking, setAsking] = useState(false)
  const [passkeyFault, setPasskeyFault] = useState<ApiProblem | null>(null)
  const submit = useCommand(submitSignature)
  const prepared = useQuery({
    queryKey: ['prepare', act],
    queryFn: () => api.call(prepareSignature, { body: act }),
    // A statement is made for one signature and shown as it was made.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    // Once it is signed it would be refused: everything else is read anew, this is not.
    enabled: !submit.running,
  })
  const sign = async (statement: string, options: unknown) => {
    setPasskeyFault(null)
    setAsking(true)
    try {
      const { id, response } = await signWithPasskey(options)
      const { authenticatorData, clientDataJSON, signature } = response
      const body = { statement, credentialId: id, authenticatorData, clientDataJSON, signature }
      const answer = await submit.run({ body })
      if (answer === null) return
      notifySuccess(t.done)
      onClose()
      onSigned(answer.seq)
    } catch (error) {
      setPasskeyFault(asProblem(error))
    } finally {
      setAsking(false)
    }
  }
  const problem =
    passkeyFault ?? submit.problem ?? (prepared.error === null ? null : asProblem(prepared.error))
  return (
    <div className="stack">
      <p className="faint">{t.lead}</p>
      {prepared.isPending && <Skeleton height={120} aria-label={t.preparing} />}
      {prepared.data !== undefined && <Statement statement={prepared.data.statement} />}
      <ProblemNote problem={problem} />
      <div className="dialog-actions">
        <Button variant="default" size="sm" onClick={onClose}>
          {useMessages().ui.cancel}
        </Button>
        <Button
          size="sm"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          disabled={prepared.data === undefined}
          loading={asking}
          onClick={() => {
            if (prepared.data !== undefined) {
              void sign(prepared.data.statement, prepared.data.options)
            }
          }}
        >
          {asking ? t.signing : t.sign}
        </Button>
      </div>
    </div>
  )
}

/** A signed statement as facts, with its exact bytes one press away. */
export function Statement({ statement }: { readonly statement: string }) {
  const t = useMessages().ui
  const format = useFormat()
  const facts = statementFacts(statement, t.sign, format)
  return (
    <div className="statement">
      <FactList facts={facts} />
      <details>
        <summary>{t.sign.exact}</summary>
        <pre className="exact">{statement}</pre>
      </details>
    </div>
  )
}

function nothing() {
  // The caller has nothing to do after the signature.
}
