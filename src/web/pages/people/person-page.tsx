import { erasePerson, getPerson } from '../../../contract/people.ts'
import type { Output } from '../../../contract/route.ts'
import { useRead } from '../../api/use-read.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { ReasonCommandButton } from '../../ui/command-dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Story } from '../../ui/story.tsx'
import { Day, When } from '../../ui/when.tsx'
import { Who } from '../../ui/who.tsx'
import { PersonAccounts } from './accounts.tsx'
import { PersonState } from './person-state.tsx'

type Person = Output<typeof getPerson>

/** One person: place, duties, account, and everything that happened about them. */
export function PersonPage({ params }: { readonly params: { readonly person: string } }) {
  const t = useMessages().people
  const { unknownPerson } = useMessages().ui
  const person = useRead(getPerson, { params })
  return (
    <Page
      title={person.name ?? unknownPerson}
      breadcrumbs={[{ label: t.title, to: paths.people() }]}
      actions={person.state !== 'erased' && <EraseButton person={person.id} />}
    >
      <div className="columns">
        <div>
          <PersonAccounts person={person.id} />
          <Courses person={person} />
          <Policies person={person} />
          <Section title={t.one.story}>
            <Story chapters={person.story} />
          </Section>
        </div>
        <div>
          <Section title={t.one.facts} sheet>
            <Facts person={person} />
          </Section>
          <Relations person={person} />
        </div>
      </div>
    </Page>
  )
}

function Facts({ person }: { readonly person: Person }) {
  const t = useMessages().people
  const groups = person.groups.map((group) => t.one.groupNames[group])
  return (
    <FactList
      facts={[
        { label: t.state, value: <PersonState state={person.state} listed={person.listed} /> },
        person.employeeNumber === null ? null : { label: t.number, value: person.employeeNumber },
        person.email === null ? null : { label: t.one.email, value: person.email },
        person.department === null ? null : { label: t.department, value: person.department },
        person.title === null ? null : { label: t.position, value: person.title },
        person.manager === null ? null : { label: t.manager, value: <Who who={person.manager} /> },
        { label: t.one.groups, value: [t.one.everyone, ...groups].join(' · ') },
        person.startDate === null
          ? null
          : { label: t.start, value: <Day day={person.startDate} /> },
        person.endDate === null ? null : { label: t.end, value: <Day day={person.endDate} /> },
        { label: t.one.account, value: <Account account={person.account} /> },
      ]}
    />
  )
}

function Account({ account }: { readonly account: Person['account'] }) {
  const t = useMessages()
  if (account === null) return t.people.one.noAccount
  const roles: Readonly<Record<string, string>> = t.ui.role
  const states: Readonly<Record<string, string>> = t.settings.accounts.states
  return `${roles[account.role] ?? account.role} · ${states[account.state] ?? account.state}`
}

function Courses({ person }: { readonly person: Person }) {
  const t = useMessages().people.one
  const text = useText()
  return (
    <Section title={t.courses}>
      {person.courses.length === 0 && <p className="faint">{t.none}</p>}
      <ul className="lined-list">
        {person.courses.map((course) => (
          <li key={course.id}>
            <TextLink to={paths.course(course.id)}>{text(course.title)}</TextLink>{' '}
            <span className={course.state === 'current' ? 'tone-met' : 'faint'}>
              {t.courseStates[course.state]}
            </span>{' '}
            {course.completedOn !== null && <Day day={course.completedOn} />}
            {course.score !== null && <span className="faint"> {course.score}%</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Policies({ person }: { readonly person: Person }) {
  const t = useMessages()
  const text = useText()
  const format = useFormat()
  return (
    <Section title={t.people.one.policiesRead}>
      {person.acknowledgements.length === 0 && <p className="faint">{t.people.one.none}</p>}
      <ul className="lined-list">
        {person.acknowledgements.map((one) => (
          <li key={one.policy}>
            <TextLink to={paths.policy(one.policy)}>{text(one.title)}</TextLink>{' '}
            <span className="faint">{t.policies.versionNumber(format.number(one.version))}</span>{' '}
            {one.acknowledgedAt === null ? (
              <span className="tone-not-met">{t.people.one.notRead}</span>
            ) : (
              <When at={one.acknowledgedAt} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Relations({ person }: { readonly person: Person }) {
  const t = useMessages().people.one
  const text = useText()
  return (
    <>
      {person.reports.length > 0 && (
        <Section title={t.reports}>
          <ul className="plain-list">
            {person.reports.map((one) => (
              <li key={one.id}>
                <Who who={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {person.controls.length > 0 && (
        <Section title={t.controls}>
          <ul className="plain-list">
            {person.controls.map(({ id, title }) => (
              <li key={id}>
                <span className="id-code">{id}</span>{' '}
                <TextLink to={paths.control(id)}>{text(title)}</TextLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function EraseButton({ person }: { readonly person: string }) {
  const t = useMessages().people.one
  return (
    <ReasonCommandButton
      route={erasePerson}
      input={(reason) => ({ params: { person }, body: { reason } })}
      title={t.erase}
      text={t.eraseText}
      done={t.erased}
    />
  )
}
