import { useFormat } from '../messages/language.tsx'

/** An instant in the organisation's zone; to the second on hover. */
export function When({ at }: { readonly at: string }) {
  const format = useFormat()
  return (
    <time dateTime={at} title={format.exact(at)}>
      {format.instant(at)}
    </time>
  )
}

/** A day. */
export function Day({ day }: { readonly day: string }) {
  const format = useFormat()
  return (
    <time dateTime={day} title={format.day(day)}>
      {format.shortDay(day)}
    </time>
  )
}
