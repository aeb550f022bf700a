import { Tooltip } from '@mantine/core'
import { useMessages } from '../messages/language.tsx'
import { Mark } from './mark.tsx'

export type StatusName = 'met' | 'not-met' | 'not-proven' | 'not-applicable'
export type ExceptionStateName = 'open' | 'answered' | 'accepted' | 'fixed'
type UnprovenName =
  | 'no-data'
  | 'stale'
  | 'empty-population'
  | 'unreadable'
  | 'no-controls'
  | 'no-test'
  | 'none'

type StatusProps = {
  readonly status: StatusName
  /** Why nothing is proven; told in a tooltip. */
  readonly unproven?: UnprovenName
  readonly size?: 'sm' | 'lg'
}

/** A status as shape, word and colour. Nobody can set it, so it is never a control. */
export function StatusBadge({ status, unproven = 'none', size = 'sm' }: StatusProps) {
  const t = useMessages().ui
  const badge = (
    <span className={`badge badge-${size} tone-${status}`}>
      <Mark sign={status} />
      {t.status[status]}
    </span>
  )
  const why = t.unproven[unproven]
  if (status !== 'not-proven' || why === '') return badge
  return (
    <Tooltip label={why} events={{ hover: true, focus: true, touch: true }}>
      {badge}
    </Tooltip>
  )
}

const exceptionTones = {
  open: 'not-met',
  answered: 'not-met',
  accepted: 'not-proven',
  fixed: 'met',
} as const

/** The state of an exception as shape, word and colour. */
export function ExceptionBadge(props: {
  readonly state: ExceptionStateName
  readonly size?: 'sm' | 'lg'
}) {
  const t = useMessages().ui
  return (
    <span className={`badge badge-${props.size ?? 'sm'} tone-${exceptionTones[props.state]}`}>
      <Mark sign={props.state} />
      {t.exceptionState[props.state]}
    </span>
  )
}
