import { IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import type { getAssertion } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import type { Act } from '../../../contract/session.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../messages/language.tsx'
import { DisabledReason } from '../../ui/command-button.tsx'
import { Button } from '@mantine/core'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { MarkdownView } from '../../ui/markdown-view.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Props = {
  readonly assertion: Output<typeof getAssertion>
  readonly day: string
  readonly language: 'ja' | 'en'
}

/** Section II as it will be printed, and management's signature under it. */
export function Assertion({ assertion, day, language }: Props) {
  const t = useMessages().report.assertion
  const [act, setAct] = useState<Act | null>(null)
  const why = useMessages().ui.why.permission
  const mayI = useMay()
  const { signed } = assertion
  const isMine = mayI('assertion.sign')
  return (
    <Section
      title={t.title}
      note={t.note}
      sheet
      actions={
        signed === null && (
          <DisabledReason reason={isMine ? null : why}>
            <Button
              size="sm"
              leftSection={<IconFingerprint size={18} aria-hidden />}
              {...(isMine ? {} : { 'data-disabled': true, 'aria-disabled': true })}
              onClick={() => {
                if (isMine) setAct({ act: 'sign-assertion', asOf: day, language })
              }}
            >
              {t.sign}
            </Button>
          </DisabledReason>
        )
      }
    >
      <div lang={language}>
        <MarkdownView text={assertion.text} />
      </div>
      {signed === null ? (
        <p className="note note-warning">
          <Mark sign="not-proven" />
          <span>{t.unsigned}</span>
        </p>
      ) : (
        <div className="row">
          <Seal />
          <FactList
            facts={[
              { label: t.signedBy, value: <Who who={signed.by} /> },
              { label: t.at, value: <When at={signed.at} /> },
              { label: t.entry, value: <EntryLink seq={signed.seq} /> },
            ]}
          />
        </div>
      )}
      <p className="faint small">
        {t.digest}: <span className="hash">{assertion.digest}</span>
      </p>
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </Section>
  )
}
