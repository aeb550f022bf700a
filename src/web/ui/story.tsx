import { useMessages } from '../messages/language.tsx'
import { EntryLink } from './entry-link.tsx'
import { When } from './when.tsx'
import { Who } from './who.tsx'

type Chapter = {
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly by: { readonly id: string; readonly name: string | null }
}

/** Everything that ever happened to something, oldest first; each line leads to its entry. */
export function Story({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const word = useEventName()
  return (
    <ol className="story">
      {chapters.map((chapter) => (
        <li key={chapter.seq}>
          <span className="story-what">{word(chapter.type)}</span>
          <span className="story-who">
            <When at={chapter.at} />
            <Who who={chapter.by} />
            <EntryLink seq={chapter.seq} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Words for the kind of an entry, whatever its version: `controls.edited.v1`. */
export function useEventName(): (type: string) => string {
  const t = useMessages().events
  const names: Readonly<Record<string, string>> = t.names
  return (type) => names[type.replace(/\.v\d+$/, '')] ?? t.unknown(type)
}
