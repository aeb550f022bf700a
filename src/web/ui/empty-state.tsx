import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  /** What to do next, in one or two sentences. */
  readonly text: ReactNode
  readonly actions?: ReactNode
}

/** An empty list: says why it is empty and what to do next. */
export function EmptyState({ title, text, actions }: Props) {
  return (
    <div className="empty">
      <svg className="empty-ring" viewBox="0 0 48 48" aria-hidden>
        <path d="M33.5 10.5A17 17 0 1 0 40 19" />
      </svg>
      <p className="empty-title">{title}</p>
      <p className="empty-text">{text}</p>
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
