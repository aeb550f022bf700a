import { useFormat, useLanguage, useMessages } from '../../messages/language.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { MarkdownView } from '../../ui/markdown-view.tsx'
import { Section } from '../../ui/page.tsx'
import { Day } from '../../ui/when.tsx'
import type { Agreement } from './agreement-page.tsx'

export type AgreementVersion = Agreement['versions'][number]

/** What is agreed, whole: nobody signs what he has not seen. */
export function AgreementText({ version }: { readonly version: AgreementVersion }) {
  const all = useMessages().customers
  const t = all.agreements
  const format = useFormat()
  const { language } = useLanguage()
  const { runLimit, trigger } = version
  return (
    <>
      <Section title={t.scope} sheet>
        <FactList
          facts={[
            { label: t.systems, value: version.systems.join(', ') },
            { label: t.hosts, value: <code>{version.hosts.join(', ')}</code> },
            { label: t.risk, value: all.contacts.risks[version.risk] },
            { label: t.trigger, value: `${t.triggers[trigger.kind]} — ${trigger.source}` },
            {
              label: t.runLimit,
              value: t.runs(format.number(runLimit.runs), format.number(runLimit.days)),
            },
            { label: t.expires, value: <Day day={version.expires} /> },
            { label: t.parameters, value: <Parameters version={version} /> },
          ]}
        />
      </Section>
      <Section title={t.runbook} sheet>
        <div lang={language}>
          <MarkdownView text={version.runbook} />
        </div>
        <p className="faint small">
          {t.runbookDigest}: <span className="hash">{version.runbookDigest}</span>
          <br />
          {t.document}: <span className="hash">{version.document}</span>
        </p>
      </Section>
    </>
  )
}

function Parameters({ version }: { readonly version: AgreementVersion }) {
  const t = useMessages().customers.agreements
  const format = useFormat()
  const { language } = useLanguage()
  if (version.parameters.length === 0) return <span className="faint">{t.noParameters}</span>
  return (
    <ul className="plain-list">
      {version.parameters.map((parameter) => (
        <li key={parameter.name}>
          {parameter.label[language]} (<code>{parameter.name}</code>):{' '}
          {parameter.kind === 'integer' &&
            t.between(format.number(parameter.min), format.number(parameter.max))}
          {parameter.kind === 'choice' && `${t.oneOf} ${parameter.values.join(', ')}`}
          {parameter.kind === 'text' && (
            <>
              {t.pattern} <code>{parameter.pattern}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
