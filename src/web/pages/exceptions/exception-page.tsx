import { getException } from '../../../contract/criteria.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { ExceptionBadge } from '../../ui/status-badge.tsx'
import { Story } from '../../ui/story.tsx'
import { SubjectLink } from '../../ui/subject-link.tsx'
import { Day, When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { Answer } from './answer.tsx'
import { AcceptButton } from './accept.tsx'

export type Exception = Output<typeof getException>
type Props = { readonly params: { readonly exception: string } }

/** One exception: what was found and where it is proved, its cause, its response, its story. */
export function ExceptionPage({ params }: Props) {
  const t = useMessages().exceptions
  const text = useText()
  const exception = useRead(getException, { params })
  const isOpen = exception.state !== 'fixed'
  return (
    <Page
      title={`${exception.label}: ${text(exception.reason).replace(/[。.]$/, '')}`}
      badge={<ExceptionBadge size="lg" state={exception.state} />}
      breadcrumbs={[
        { label: t.title, to: paths.exceptions() },
        { label: text(exception.checkTitle), to: paths.check(exception.check) },
      ]}
      note={isOpen ? undefined : t.fixedBecause[exception.fixedBecause ?? 'rule-holds']}
      actions={isOpen ? <AcceptButton exception={exception} /> : undefined}
    >
      <div className="columns">
        <div>
          {isOpen && (
            <Section title={t.remedy}>
              <p className="pre-line">{text(exception.remedy)}</p>
            </Section>
          )}
          <Answer exception={exception} />
          {exception.acceptances.length > 0 && <Acceptances exception={exception} />}
        </div>
        <div>
          <Glance exception={exception} />
          <Section title={t.story} sheet>
            <Story chapters={exception.story} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Glance({ exception }: { readonly exception: Exception }) {
  const t = useMessages().exceptions
  const text = useText()
  const format = useFormat()
  return (
    <Section title={t.facts} sheet>
      <FactList
        facts={[
          {
            label: t.subject,
            value: (
              <SubjectLink
                check={exception.check}
                subject={exception.subject}
                label={exception.label}
              />
            ),
          },
          {
            label: t.check,
            value: (
              <TextLink to={paths.check(exception.check)}>{text(exception.checkTitle)}</TextLink>
            ),
          },
          {
            label: t.observation,
            value:
              exception.observation === null ? (
                t.noObservation
              ) : (
                <EntryLink seq={exception.observation} />
              ),
          },
          { label: t.opened, value: <When at={exception.openedAt} /> },
          exception.occurrence === 1
            ? null
            : {
                label: t.occurrence,
                value: t.occurrenceNo(format.number(exception.occurrence)),
              },
          { label: t.age, value: t.ageDays(format.number(exception.ageDays)) },
          exception.fixedAt === null
            ? null
            : { label: t.fixedAt, value: <When at={exception.fixedAt} /> },
          exception.acceptedUntil === null
            ? null
            : { label: t.acceptedUntil, value: <Day day={exception.acceptedUntil} /> },
          {
            label: t.controls,
            value: (
              <ul className="plain-list">
                {exception.controls.map(({ id, title }) => (
                  <li key={id}>
                    <TextLink to={paths.control(id)}>
                      {id} {text(title)}
                    </TextLink>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Acceptances({ exception }: { readonly exception: Exception }) {
  const t = useMessages().exceptions
  const format = useFormat()
  return (
    <Section title={t.acceptances}>
      <ul className="lined-list">
        {exception.acceptances.map((acceptance) => (
          <li key={acceptance.seq} className="acceptance">
            <Seal />
            <div>
              <p className="pre-line">{acceptance.reason}</p>
              <p className="story-who">
                <strong>{t.acceptedBy(format.day(acceptance.until))}</strong>
                <Who who={acceptance.by} />
                <When at={acceptance.at} />
                <EntryLink seq={acceptance.seq} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
