import { Progress } from '@mantine/core'
import type { Progress as Counts } from '../api/use-many.ts'
import { useFormat, useMessages } from '../messages/language.tsx'

/** How far many commands have come; nothing while none is running. */
export function ManyProgress({ progress }: { readonly progress: Counts | null }) {
  const t = useMessages().ui
  const format = useFormat()
  if (progress === null) return null
  const told = t.progress(format.number(progress.done), format.number(progress.of))
  return (
    <div className="stack">
      <Progress value={(progress.done / progress.of) * 100} size="sm" aria-label={told} />
      <output className="faint small">{told}</output>
    </div>
  )
}
