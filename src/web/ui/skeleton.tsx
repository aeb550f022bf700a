import { Skeleton } from '@mantine/core'
import { useMessages } from '../messages/language.tsx'

/** What a page looks like while it is read: shown only when reading takes a while. */
export function PageSkeleton() {
  const t = useMessages().ui
  return (
    <div className="page" aria-busy>
      <output className="visually-hidden">{t.loading}</output>
      <div className="stack">
        <Skeleton height={34} width="38%" />
        <Skeleton height={14} width="62%" />
      </div>
      <Skeleton height={120} />
      <div className="stack">
        {[88, 94, 82, 91, 86].map((width) => (
          <Skeleton key={width} height={18} width={`${width}%`} />
        ))}
      </div>
    </div>
  )
}
