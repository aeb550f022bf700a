import { useState } from 'react'
import type { getCriterion } from '../../../contract/criteria.ts'
import { includeCriterion } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import type { Act } from '../../../contract/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { useMessages } from '../../messages/language.tsx'
import { CommandButton } from '../../ui/command-button.tsx'
import { ReasonDialog } from '../../ui/confirm-dialog.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { SignDialog } from '../../ui/sign-dialog.tsx'
import { When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'

type Criterion = Output<typeof getCriterion>

/** Whether the criterion has anything to do with the service: decided by signature, or open. */
export function Decision({ criterion }: { readonly criterion: Criterion }) {
  return criterion.exclusion === null ? (
    <Exclude criterion={criterion.id} />
  ) : (
    <Excluded criterion={criterion.id} exclusion={criterion.exclusion} />
  )
}

function Exclude({ criterion }: { readonly criterion: string }) {
  const t = useMessages().criteria
  const [asking, setAsking] = useState(false)
  const [act, setAct] = useState<Act | null>(null)
  return (
    <Section title={t.decision} note={t.decisionText} sheet>
      <div>
        <CommandButton
          permission="criteria.decide"
          variant="default"
          size="xs"
          onClick={() => {
            setAsking(true)
          }}
        >
          {t.exclude}
        </CommandButton>
      </div>
      <ReasonDialog
        opened={asking}
        title={t.exclude}
        text={t.decisionText}
        label={t.excludeReason}
        hint={t.excludeHint}
        confirm={t.continueToSign}
        max={4_000}
        onClose={() => {
          setAsking(false)
        }}
        onConfirm={(reason) => {
          setAsking(false)
          setAct({ act: 'exclude-criterion', criterion, reason })
        }}
      />
      <SignDialog
        act={act}
        onClose={() => {
          setAct(null)
        }}
      />
    </Section>
  )
}

type ExcludedProps = {
  readonly criterion: string
  readonly exclusion: NonNullable<Criterion['exclusion']>
}

function Excluded({ criterion, exclusion }: ExcludedProps) {
  const t = useMessages().criteria
  const include = useCommand(includeCriterion)
  const [asking, setAsking] = useState(false)
  return (
    <Section title={t.excluded} actions={<Seal />} sheet>
      <FactList
        facts={[
          { label: t.reason, value: <p className="pre-line">{exclusion.reason}</p> },
          {
            label: t.decidedBy,
            value: (
              <>
                <Who who={exclusion.by} /> · <When at={exclusion.at} /> ·{' '}
                <EntryLink seq={exclusion.seq} />
              </>
            ),
          },
        ]}
      />
      <div>
        <CommandButton
          permission="criteria.decide"
          variant="default"
          size="xs"
          onClick={() => {
            setAsking(true)
          }}
        >
          {t.include}
        </CommandButton>
      </div>
      <ReasonDialog
        opened={asking}
        title={t.include}
        text={t.includeText}
        confirm={t.include}
        max={4_000}
        running={include.running}
        problem={include.problem}
        onClose={() => {
          setAsking(false)
        }}
        onConfirm={(reason) => {
          void include.run({ params: { criterion }, body: { reason } }).then((answer) => {
            if (answer === null) return
            setAsking(false)
            notifySuccess(t.included)
          })
        }}
      />
    </Section>
  )
}
