import type { ReactNode } from 'react'
import { downloadMaterial } from '../../../contract/customers.ts'
import { api } from '../../api/api.ts'
import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { EntryLink } from '../../ui/entry-link.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Section } from '../../ui/page.tsx'
import { Seal } from '../../ui/seal.tsx'
import { Day, When } from '../../ui/when.tsx'
import type { Customer } from './customer-page.tsx'
import { FileButton } from './file-button.tsx'
import { CoverageState } from './states.tsx'

export type Briefing = Customer['briefings'][number]

/** What the customer was told, and whether they confirmed it. */
export function Briefings({ customer }: { readonly customer: Customer }) {
  const all = useMessages().customers
  const t = all.briefings
  return (
    <>
      <Section
        title={t.coverage}
        note={t.note}
        actions={
          <CommandLink permission="customers.write" to={paths.newBriefing(customer.id)}>
            {t.add}
          </CommandLink>
        }
      >
        <Coverage customer={customer} />
      </Section>
      {customer.briefings.length === 0 && <p className="faint">{t.none}</p>}
      <div className="stack section">
        {customer.briefings.map((briefing) => (
          <BriefingCard
            key={briefing.id}
            briefing={briefing}
            load={(digest) =>
              api.download(downloadMaterial, { params: { customer: customer.id, digest } })
            }
          />
        ))}
      </div>
    </>
  )
}

/** Every topic with its state. */
export function Coverage({ customer }: { readonly customer: Pick<Customer, 'coverage'> }) {
  const t = useMessages().customers.briefings
  return (
    <FactList
      facts={customer.coverage.map(({ topic, required, state, heldOn, renewBy }) => ({
        label: t.topics[topic],
        value: (
          <>
            {state === 'missing' && !required ? (
              <span className="faint">{t.states.missing}</span>
            ) : (
              <CoverageState state={state} />
            )}
            <span className="faint small">
              {required && ` ${t.required}`}
              {heldOn !== null && (
                <>
                  {' '}
                  — {t.heldOn} <Day day={heldOn} />
                </>
              )}
              {renewBy !== null && (
                <>
                  , {t.renewBy} <Day day={renewBy} />
                </>
              )}
            </span>
          </>
        ),
      }))}
    />
  )
}

type CardProps = {
  readonly briefing: Briefing
  readonly load: (sha256: string) => Promise<{ readonly bytes: Uint8Array }>
  readonly actions?: ReactNode
}

export function BriefingCard({ briefing, load, actions }: CardProps) {
  const t = useMessages().customers.briefings
  const format = useFormat()
  const names = (persons: Briefing['ours']) => persons.map(({ name }) => name ?? '—').join(', ')
  const others = briefing.others === 0 ? '' : ` ${t.others(format.number(briefing.others))}`
  return (
    <Section
      title={briefing.title}
      note={briefing.topics.map((topic) => t.topics[topic]).join(', ')}
      actions={actions}
      sheet
    >
      <p className="pre-line">{briefing.summary}</p>
      <FactList
        facts={[
          { label: t.heldOn, value: <Day day={briefing.heldOn} /> },
          { label: t.renewBy, value: <Day day={briefing.renewBy} /> },
          { label: t.ours, value: names(briefing.ours) },
          { label: t.theirs, value: `${names(briefing.theirs)}${others}` },
          briefing.materials.length === 0
            ? null
            : {
                label: t.materials,
                value: briefing.materials.map((material) => (
                  <FileButton
                    key={material.sha256}
                    fileName={material.fileName}
                    load={() => load(material.sha256)}
                  />
                )),
              },
          { label: t.confirmed, value: <Confirmations briefing={briefing} /> },
        ]}
      />
    </Section>
  )
}

function Confirmations({ briefing }: { readonly briefing: Briefing }) {
  const t = useMessages().customers.briefings
  if (briefing.acknowledged.length === 0) return <span className="faint">{t.notConfirmed}</span>
  return briefing.acknowledged.map(({ by, at, seq }) => (
    <span key={seq}>
      <Seal size="sm" /> {by.name ?? '—'} <When at={at} /> <EntryLink seq={seq} />{' '}
    </span>
  ))
}
