import { useQuery } from '@tanstack/react-query'
import { listPeople } from '../../contract/people.ts'
import { readQuery } from '../api/queries.ts'
import { useFormat, useMessages } from '../messages/language.tsx'
import type { FieldProps } from './fields.tsx'
import { SelectField } from './fields.tsx'
import type { Values } from './use-form.ts'

/** Somebody who works here, by name; who has left or was erased is not offered. */
export function PersonField<V extends Values>(props: FieldProps<V, string>) {
  const t = useMessages().ui
  const format = useFormat()
  const { data } = useQuery(readQuery(listPeople, { query: { state: 'active' } }, null))
  const choices = (data?.people ?? [])
    .flatMap(({ id, name, department }) =>
      name === null
        ? []
        : [{ value: id, label: department === null ? name : `${name} — ${department}` }],
    )
    .toSorted((a, b) => format.compare(a.label, b.label))
  const isEmpty = data !== undefined && choices.length === 0
  return (
    <SelectField
      {...props}
      hint={isEmpty ? t.nobodyYet : props.hint}
      choices={choices}
      searchable
      placeholder={data === undefined ? t.loading : t.choosePerson}
    />
  )
}
