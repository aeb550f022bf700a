import {
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/language.tsx'
import type { Form, Named, Value, Values } from './use-form.ts'

/** Every field has a form, a name in it and a label; a hint where the label does not say enough. */
export type FieldProps<V extends Values, T> = {
  readonly form: Form<V>
  readonly name: Named<V, T>
  readonly label: string
  readonly hint?: ReactNode
  readonly optional?: boolean
  readonly disabled?: boolean
}

type Choice = { readonly value: string; readonly label: string }

/** The label says which fields may be left empty; the others are required. */
function useField<V extends Values, T>(props: FieldProps<V, T>) {
  const t = useMessages().ui
  const { form, name, label, hint, optional = false, disabled = false } = props
  return {
    name,
    disabled,
    size: 'sm',
    label: optional ? (
      <>
        {label} <span className="optional">({t.optional})</span>
      </>
    ) : (
      label
    ),
    description: hint,
    error: form.error(name),
  } as const
}

type TextProps<V extends Values> = FieldProps<V, string> & {
  readonly type?: 'text' | 'email' | 'url' | 'password'
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly lang?: 'ja' | 'en'
}

/** One line of text. */
export function TextField<V extends Values>(props: TextProps<V>) {
  const { form, name, type = 'text', autoComplete = 'off', placeholder, lang } = props
  const field = useField(props)
  return (
    <TextInput
      {...field}
      type={type}
      autoComplete={autoComplete}
      placeholder={placeholder ?? ''}
      {...(lang === undefined ? {} : { lang })}
      value={textIn(form, name)}
      onChange={(event) => {
        form.set(name, event.currentTarget.value)
      }}
    />
  )
}

/** Several lines; grows with what is typed. */
export function LongTextField<V extends Values>(
  props: FieldProps<V, string> & { readonly rows?: number; readonly lang?: 'ja' | 'en' },
) {
  const { form, name, rows = 3, lang } = props
  const field = useField(props)
  return (
    <Textarea
      {...field}
      autosize
      minRows={rows}
      maxRows={24}
      {...(lang === undefined ? {} : { lang })}
      value={textIn(form, name)}
      onChange={(event) => {
        form.set(name, event.currentTarget.value)
      }}
    />
  )
}

/** A day, in the browser's own way of choosing one. */
export function DayField<V extends Values>(
  props: FieldProps<V, string> & { readonly min?: string; readonly max?: string },
) {
  const { form, name, min, max } = props
  const field = useField(props)
  return (
    <TextInput
      {...field}
      className="field-day"
      type="date"
      min={min}
      max={max}
      value={textIn(form, name)}
      onChange={(event) => {
        form.set(name, event.currentTarget.value)
      }}
    />
  )
}

/** A whole number. */
export function NumberField<V extends Values>(
  props: FieldProps<V, number> & {
    readonly min: number
    readonly max: number
    readonly unit?: string
  },
) {
  const { form, name, min, max, unit } = props
  const field = useField(props)
  const value = form.values[name]
  return (
    <NumberInput
      {...field}
      className="field-number"
      min={min}
      max={max}
      allowDecimal={false}
      suffix={unit === undefined ? '' : ` ${unit}`}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => {
        form.set(name, typeof next === 'number' ? next : Number.NaN)
      }}
    />
  )
}

/** One of several. */
export function SelectField<V extends Values>(
  props: FieldProps<V, string> & {
    readonly choices: readonly Choice[]
    readonly placeholder?: string
    readonly searchable?: boolean
  },
) {
  const { form, name, choices, placeholder = '', searchable } = props
  const field = useField(props)
  const t = useMessages().ui
  const value = textIn(form, name)
  return (
    <Select
      {...field}
      data={[...choices]}
      placeholder={placeholder}
      searchable={searchable ?? choices.length > 9}
      allowDeselect={props.optional ?? false}
      clearable={props.optional ?? false}
      nothingFoundMessage={t.table.nothing}
      value={value === '' ? null : value}
      onChange={(next) => {
        form.set(name, next ?? '')
      }}
    />
  )
}

/** Any of several. */
export function ManyField<V extends Values>(
  props: FieldProps<V, readonly string[]> & {
    readonly choices: readonly Choice[]
    readonly placeholder?: string
  },
) {
  const { form, name, choices, placeholder = '' } = props
  const field = useField(props)
  const t = useMessages().ui
  return (
    <MultiSelect
      {...field}
      data={[...choices]}
      placeholder={placeholder}
      searchable
      clearable
      nothingFoundMessage={t.table.nothing}
      value={manyIn(form, name)}
      onChange={(next) => {
        form.set(name, next)
      }}
    />
  )
}

/** Yes or no. */
export function SwitchField<V extends Values>(props: FieldProps<V, boolean>) {
  const { form, name, label } = props
  const field = useField(props)
  return (
    <Switch
      {...field}
      label={label}
      checked={form.values[name] === true}
      onChange={(event) => {
        form.set(name, event.currentTarget.checked)
      }}
    />
  )
}

/** A few possibilities, each with its explanation, of which any may be chosen. */
export function CardsField<V extends Values>(
  props: FieldProps<V, readonly string[]> & {
    readonly choices: readonly (Choice & { readonly text: string; readonly fixed?: boolean })[]
  },
) {
  const { form, name, label, hint, choices } = props
  const chosen = manyIn(form, name)
  const error = form.error(name)
  return (
    <fieldset className="cards">
      <legend>{label}</legend>
      {hint !== undefined && <p className="section-note">{hint}</p>}
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="cards-grid">
        {choices.map((choice) => (
          <Checkbox.Card
            key={choice.value}
            className="card"
            checked={chosen.includes(choice.value)}
            disabled={choice.fixed ?? false}
            aria-label={choice.label}
            onClick={() => {
              if (choice.fixed === true) return
              form.set(name, toggled(choices, chosen, choice.value))
            }}
          >
            <Checkbox.Indicator size="sm" />
            <span>
              <strong>{choice.label}</strong>
              <span className="card-text">{choice.text}</span>
            </span>
          </Checkbox.Card>
        ))}
      </div>
    </fieldset>
  )
}

/** The chosen ones in the order in which they are offered. */
function toggled(
  choices: readonly Choice[],
  chosen: readonly string[],
  value: string,
): readonly string[] {
  return choices
    .map((choice) => choice.value)
    .filter((one) => chosen.includes(one) !== (one === value))
}

function manyIn<V extends Values>(form: Form<V>, name: keyof V & string): string[] {
  const value: Value | undefined = form.values[name]
  return typeof value === 'object' ? value.slice() : []
}

function textIn<V extends Values>(form: Form<V>, name: keyof V & string): string {
  const value = form.values[name]
  return typeof value === 'string' ? value : ''
}
