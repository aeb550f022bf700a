import { useMessages, useText } from '../../messages/language.tsx'
import { paths } from '../../paths.ts'
import type { Customer } from './customer-page.tsx'

/** The way to a page below a customer. */
export function useCustomerCrumbs({ id, name }: Pick<Customer, 'id' | 'name'>, tab?: string) {
  const { title } = useMessages().customers
  const text = useText()
  return [
    { label: title, to: paths.customers() },
    { label: text(name), to: paths.customer(id, { tab }) },
  ]
}
