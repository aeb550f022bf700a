import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useSession } from '../../api/session.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { useGo, useSearchRecord } from '../../routing/use-search.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { FrontSheet } from './front-sheet.tsx'
import { OrganisationStep, PasskeyStep, PersonStep, ScopeStep } from './set-up-steps.tsx'
import type { SetUpForm } from './set-up-form.ts'
import { useSetUpForm } from './set-up-form.ts'

const steps = [
  { name: 'organisation', fields: ['organisation'], Fields: OrganisationStep },
  { name: 'scope', fields: ['categories'], Fields: ScopeStep },
  { name: 'person', fields: ['administrator'], Fields: PersonStep },
  { name: 'passkey', fields: [], Fields: PasskeyStep },
] as const

/** The organisation, its scope, its first administrator and their passkey: done once. */
export function SetUpPage() {
  const t = useMessages().session.setUp
  const go = useGo()
  const { setUp } = useSession()
  const token = useSearchRecord()['token']
  useEffect(() => {
    if (setUp) void go(paths.home(), { replace: true })
  }, [setUp, go])
  if (token === undefined) {
    return (
      <FrontSheet title={t.title}>
        <EmptyState title={t.noToken} text={t.noTokenText} />
      </FrontSheet>
    )
  }
  return <Wizard token={token} />
}

function Wizard({ token }: { readonly token: string }) {
  const t = useMessages().session.setUp
  const form = useSetUpForm(token)
  const [at, setAt] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const step = steps[at] ?? steps[0]
  const move = (next: number) => {
    setAt(next)
    requestAnimationFrame(() => heading.current?.focus())
  }
  const forward = (event: FormEvent) => {
    event.preventDefault()
    if (step.name === 'passkey') void form.submit()
    else if (form.check(fieldsOf(form, step.fields))) move(at + 1)
  }
  return (
    <FrontSheet title={t.title}>
      <p className="faint">{t.lead}</p>
      <Steps at={at} />
      <form className="form" noValidate onSubmit={forward} aria-label={t.steps[step.name]}>
        <h2 ref={heading} tabIndex={-1} className="front-step">
          {t.steps[step.name]}
        </h2>
        <step.Fields form={form} />
        <ProblemNote problem={form.problem} />
        <Moves
          running={form.running}
          isLast={step.name === 'passkey'}
          onBack={
            at === 0
              ? null
              : () => {
                  move(at - 1)
                }
          }
        />
      </form>
    </FrontSheet>
  )
}

/** The names of the fields inside these parts of what is sent. */
function fieldsOf(form: SetUpForm, parts: readonly string[]): readonly string[] {
  return Object.keys(form.values).filter((name) =>
    parts.some((part) => name === part || name.startsWith(`${part}.`)),
  )
}

function Steps({ at }: { readonly at: number }) {
  const t = useMessages().session.setUp
  const format = useFormat()
  return (
    <ol
      className="front-steps"
      aria-label={t.step(format.number(at + 1), format.number(steps.length))}
    >
      {steps.map(({ name }, index) => (
        <li
          key={name}
          className={index < at ? 'front-passed' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className="front-number">{format.number(index + 1)}</span>
          {t.steps[name]}
        </li>
      ))}
    </ol>
  )
}

type MovesProps = {
  readonly running: boolean
  readonly isLast: boolean
  readonly onBack: (() => void) | null
}

function Moves({ running, isLast, onBack }: MovesProps) {
  const t = useMessages()
  return (
    <div className="form-actions">
      <Button type="submit" size="sm" loading={running}>
        {isLast ? t.session.setUp.finish : t.ui.next}
      </Button>
      {onBack !== null && (
        <Button variant="subtle" size="sm" onClick={onBack}>
          {t.ui.back}
        </Button>
      )}
    </div>
  )
}
