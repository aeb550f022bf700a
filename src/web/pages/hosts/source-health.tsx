import type { listSources } from '../../../contract/devices.ts'
import type { Output } from '../../../contract/route.ts'
import { useFormat, useMessages, useText } from '../../messages/language.tsx'
import { Mark } from '../../ui/mark.tsx'

type Source = Output<typeof listSources>[number]

/** Whether a source succeeds; why not, in words. */
export function SourceHealth({ source }: { readonly source: Source }) {
  const t = useMessages().hosts.source
  const text = useText()
  const format = useFormat()
  if (source.state === 'removed') return <span className="faint">{t.removed}</span>
  const isFailing = source.failuresInARow > 0
  const isWaiting = !isFailing && source.lastSuccessAt === null
  const sign = isFailing ? 'not-met' : isWaiting ? 'not-proven' : 'met'
  const word = isFailing
    ? t.failing(format.number(source.failuresInARow))
    : isWaiting
      ? t.waiting
      : t.healthy
  return (
    <>
      <span className={`badge badge-sm tone-${sign}`}>
        <Mark sign={sign} />
        {word}
      </span>
      {isFailing && source.lastFailure !== null && (
        <span className="faint small">
          <br />
          {text(source.lastFailure.explanation)}
        </span>
      )}
    </>
  )
}
