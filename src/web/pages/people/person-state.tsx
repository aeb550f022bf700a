import { useMessages } from '../../messages/language.tsx'
import { Mark } from '../../ui/mark.tsx'

export type PersonStateName = 'active' | 'future' | 'left' | 'erased' | 'off-roster'

/** Whether somebody works here, on the day that is shown. */
export function PersonState(props: { readonly state: PersonStateName; readonly listed: boolean }) {
  const t = useMessages().people
  const isMissing = props.state === 'active' && !props.listed
  return (
    <>
      {t.states[props.state]}
      {isMissing && (
        <span className="small tone-not-proven">
          <br />
          <Mark sign="not-proven" /> {t.unlisted}
        </span>
      )}
    </>
  )
}

/** How much of what is required somebody has done. */
export function Share({ done, of }: { readonly done: number; readonly of: number }) {
  const t = useMessages().people
  if (of === 0) return <span className="faint">—</span>
  const tone = done === of ? 'tone-met' : 'tone-not-met'
  return (
    <span className={`badge badge-sm ${tone}`}>
      <Mark sign={done === of ? 'met' : 'not-met'} />
      {t.share(done.toString(), of.toString())}
    </span>
  )
}
