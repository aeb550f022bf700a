import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/language.tsx'

type Props = {
  readonly title: string
  readonly note?: string | undefined
  readonly small?: boolean
  readonly children: ReactNode
}

/** The one sheet of paper that a page before signing in is. */
export function FrontSheet({ title, note, small = false, children }: Props) {
  const { product } = useMessages().shell
  useEffect(() => {
    document.title = `${title} — ${product}`
  }, [title, product])
  return (
    <article className={small ? 'sheet front-sheet front-small' : 'sheet front-sheet'}>
      <header>
        {note !== undefined && <p className="front-note">{note}</p>}
        <h1>{title}</h1>
      </header>
      <div className="stack">{children}</div>
    </article>
  )
}
