import { Button } from '@mantine/core'
import { adoptControls, getBoard, getCriterion } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useCommand } from '../../api/use-command.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandButton, CommandLink } from '../../ui/command-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { ButtonLink, PageLink, TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { notifySuccess } from '../../ui/notify.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ControlTable } from '../controls/control-table.tsx'
import { Decision } from './decision.tsx'

type Criterion = Output<typeof getCriterion>
type Props = { readonly params: { readonly criterion: string } }

/** One criterion: what it asks for, the controls that answer it, decisions about it. */
export function CriterionPage({ params }: Props) {
  const t = useMessages()
  const text = useText()
  const criterion = useRead(getCriterion, { params })
  const status = <StatusBadge size="lg" status={criterion.status} unproven={criterion.unproven} />
  return (
    <Page
      title={text(criterion.title)}
      id={criterion.id}
      badge={status}
      breadcrumbs={[{ label: t.criteria.title, to: paths.criteria() }]}
      note={criterion.status === 'not-proven' ? t.ui.unproven[criterion.unproven] : undefined}
    >
      {!criterion.inScope && <OutOfScope />}
      <div className="columns">
        <div>
          <Section title={t.criteria.guidance}>
            <p className="lead pre-line">{text(criterion.guidance)}</p>
          </Section>
          <Section title={t.criteria.answeredBy} note={t.criteria.answeredByNote}>
            <ControlTable
              label={t.criteria.answeredBy}
              rows={criterion.controlRows}
              bare
              empty={<NoControls />}
            />
          </Section>
          {criterion.suggestions.length > 0 && <Suggestions criterion={criterion} />}
        </div>
        <div>
          <Glance criterion={criterion} />
          <Decision criterion={criterion} />
        </div>
      </div>
      <Neighbours criterion={criterion.id} />
    </Page>
  )
}

function OutOfScope() {
  const t = useMessages().criteria
  return (
    <div className="note">
      <Mark sign="not-applicable" />
      <p>
        {t.outOfScope} <TextLink to={paths.settings()}>{t.settings}</TextLink>
      </p>
    </div>
  )
}

function Glance({ criterion }: { readonly criterion: Criterion }) {
  const t = useMessages()
  const format = useFormat()
  return (
    <Section title={t.criteria.facts} sheet>
      <FactList
        facts={[
          {
            label: t.criteria.status,
            value: <StatusBadge status={criterion.status} unproven={criterion.unproven} />,
          },
          { label: t.criteria.category, value: t.ui.category[criterion.category] },
          { label: t.criteria.controls, value: format.number(criterion.controlRows.length) },
          { label: t.criteria.exceptions, value: format.number(criterion.exceptions) },
        ]}
      />
    </Section>
  )
}

function NoControls() {
  const t = useMessages().criteria.noControls
  return (
    <EmptyState
      title={t.title}
      text={t.text}
      actions={
        <>
          <ButtonLink to={paths.library()}>{t.library}</ButtonLink>
          <CommandLink permission="controls.write" to={paths.newControl()} variant="default">
            {t.own}
          </CommandLink>
        </>
      }
    />
  )
}

function Suggestions({ criterion }: { readonly criterion: Criterion }) {
  const t = useMessages().criteria
  const text = useText()
  const adopt = useCommand(adoptControls)
  return (
    <Section title={t.suggestions} note={t.suggestionsNote}>
      <ProblemNote problem={adopt.problem} />
      <ul className="lined-list">
        {criterion.suggestions.map(({ id, title }) => (
          <li key={id} className="line">
            <TextLink to={paths.library({ q: id })}>
              <span className="id-code">{id}</span> {text(title)}
            </TextLink>
            <CommandButton
              permission="controls.write"
              variant="default"
              size="xs"
              running={adopt.running}
              onClick={() => {
                void adopt.run({ body: { controls: [id] } }).then((answer) => {
                  if (answer !== null) notifySuccess(t.adopted(id))
                })
              }}
            >
              {t.adopt}
            </CommandButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The way to the criteria before and after, as the board has them. */
function Neighbours({ criterion }: { readonly criterion: string }) {
  const t = useMessages().criteria
  const text = useText()
  const { criteria } = useRead(getBoard, {})
  const at = criteria.findIndex(({ id }) => id === criterion)
  const previous = at > 0 ? criteria[at - 1] : undefined
  const next = at < 0 ? undefined : criteria[at + 1]
  return (
    <nav className="neighbours" aria-label={t.neighbours}>
      {previous !== undefined && (
        <Button
          component={PageLink}
          to={paths.criterion(previous.id)}
          variant="subtle"
          size="compact-sm"
        >
          ← {previous.id} {text(previous.title)}
        </Button>
      )}
      {next !== undefined && (
        <Button
          component={PageLink}
          to={paths.criterion(next.id)}
          variant="subtle"
          size="compact-sm"
          ml="auto"
        >
          {next.id} {text(next.title)} →
        </Button>
      )}
    </nav>
  )
}
