import { useFormat, useMessages } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import { CommandLink } from '../../ui/command-button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import type { Control } from './control-page.tsx'

const signs = {
  done: 'met',
  'awaiting-inspection': 'not-proven',
  missed: 'not-met',
  due: 'not-applicable',
} as const

/** The periods in which the control was expected once, newest first, with what proves each. */
export function Occurrences({ control }: { readonly control: Control }) {
  const t = useMessages().controls
  const format = useFormat()
  return (
    <Section
      title={t.occurrences}
      note={t.occurrencesNote}
      actions={
        <CommandLink
          permission="evidence.write"
          to={paths.uploadEvidence({ control: control.id })}
          variant="default"
          size="xs"
        >
          {t.upload}
        </CommandLink>
      }
    >
      <ul className="lined-list">
        {control.occurrences.toReversed().map((occurrence) => (
          <li key={occurrence.from} className="occurrence">
            <span className={`badge badge-sm tone-${signs[occurrence.state]}`}>
              <Mark sign={signs[occurrence.state]} />
              {t.occurrence[occurrence.state]}
            </span>
            <span className="figure">
              {format.shortDay(occurrence.from)} – {format.shortDay(occurrence.to)}
            </span>
            <ul className="plain-list">
              {occurrence.evidence.map((one) => (
                <li key={one.id}>
                  <TextLink to={paths.evidenceItem(one.id)}>{one.title}</TextLink>{' '}
                  <span className="faint small">{t.conclusion[one.conclusion]}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
