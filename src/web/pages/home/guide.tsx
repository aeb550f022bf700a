import { Progress } from '@mantine/core'
import { useState } from 'react'
import { getGuide } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ButtonLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { stepPath } from './step-path.ts'

type Step = Output<typeof getGuide>[number]

/** The steps to the first report: the next one in full, the others one press away. */
export function Guide() {
  const t = useMessages().home.guide
  const format = useFormat()
  const steps = useRead(getGuide, {})
  const done = steps.filter((step) => step.done).length
  const next = steps.find((step) => !step.done)
  const [opened, setOpened] = useState(false)
  return (
    <Section
      title={t.title}
      note={t.progress(format.number(done), format.number(steps.length))}
      actions={
        <button
          type="button"
          className="quiet-button"
          aria-expanded={opened}
          onClick={() => {
            setOpened(!opened)
          }}
        >
          {t.showAll}
        </button>
      }
      sheet
    >
      <Progress
        value={steps.length === 0 ? 0 : (done / steps.length) * 100}
        size="sm"
        aria-label={t.title}
      />
      {next === undefined ? <AllDone /> : <NextStep step={next} />}
      {opened && (
        <>
          <p className="section-note">{t.note}</p>
          <ol className="guide-steps">
            {steps.map((step) => (
              <StepLine key={step.id} step={step} isNext={step === next} />
            ))}
          </ol>
        </>
      )}
    </Section>
  )
}

function NextStep({ step }: { readonly step: Step }) {
  const t = useMessages().home.guide
  const text = useText()
  return (
    <div className="guide-next">
      <p className="guide-label">{t.next}</p>
      <h3>
        {text(step.title)} <StepCount step={step} />
      </h3>
      <p>{text(step.why)}</p>
      <p className="faint">{text(step.how)}</p>
      <ButtonLink to={stepPath(step.id)} variant="filled">
        {t.go}
      </ButtonLink>
    </div>
  )
}

function StepLine({ step, isNext }: { readonly step: Step; readonly isNext: boolean }) {
  const t = useMessages().home.guide
  const text = useText()
  return (
    <li className={isNext ? 'guide-step guide-here' : 'guide-step'}>
      <Mark sign={step.done ? 'met' : 'not-applicable'} label={step.done ? t.done : t.open} />
      <TextLink to={stepPath(step.id)}>{text(step.title)}</TextLink>
      <StepCount step={step} />
    </li>
  )
}

function StepCount({ step }: { readonly step: Step }) {
  const t = useMessages().home.guide
  const format = useFormat()
  if (step.progress === null || step.progress.of < 2) return null
  const { done, of } = step.progress
  return <span className="guide-count">{t.of(format.number(done), format.number(of))}</span>
}

function AllDone() {
  const t = useMessages().home.guide
  return (
    <div className="guide-next">
      <p>{t.allDone}</p>
      <ButtonLink to={paths.report()} variant="filled">
        {t.report}
      </ButtonLink>
    </div>
  )
}
