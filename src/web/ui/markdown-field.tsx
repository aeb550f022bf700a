import { SegmentedControl, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import { useMessages } from '../messages/language.tsx'
import { MarkdownView } from './markdown-view.tsx'
import type { FieldProps } from './fields.tsx'
import type { Values } from './use-form.ts'

type Props<V extends Values> = FieldProps<V, string> & {
  readonly lang?: 'ja' | 'en'
  readonly rows?: number
}

/** Markdown, written and looked at in the same place. */
export function MarkdownField<V extends Values>(props: Props<V>) {
  const { form, name, label, hint, lang, rows = 16 } = props
  const t = useMessages().ui.markdown
  const id = useId()
  const [view, setView] = useState<'write' | 'preview'>('write')
  const value = form.values[name]
  const text = typeof value === 'string' ? value : ''
  const language = lang === undefined ? {} : { lang }
  return (
    <div className="field">
      <div className="field-head">
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        <SegmentedControl
          size="xs"
          aria-label={label}
          value={view}
          data={[
            { value: 'write', label: t.write },
            { value: 'preview', label: t.preview },
          ]}
          onChange={(next) => {
            setView(next === 'preview' ? 'preview' : 'write')
          }}
        />
      </div>
      {view === 'preview' ? (
        <div className="sheet" {...language}>
          <MarkdownView text={text} />
        </div>
      ) : (
        <Textarea
          id={id}
          name={name}
          className="field-markdown"
          description={hint ?? t.hint}
          autosize
          minRows={rows}
          maxRows={40}
          {...language}
          value={text}
          error={form.error(name)}
          onChange={(event) => {
            form.set(name, event.currentTarget.value)
          }}
        />
      )}
    </div>
  )
}
