import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/language.tsx'
import type { Path } from '../paths.ts'
import { TextLink } from './link.tsx'

type Crumb = { readonly label: string; readonly to: Path }

type PageProps = {
  readonly title: string
  /** What stands before the title in small type: an id. */
  readonly id?: string
  /** One sentence below the title. */
  readonly note?: ReactNode
  /** A status or another mark beside the title. */
  readonly badge?: ReactNode
  /** Commands of the whole page. */
  readonly actions?: ReactNode
  /** The way here, without the page itself. */
  readonly breadcrumbs?: readonly Crumb[]
  readonly children: ReactNode
}

/** The frame of every page: the way here, title, note, commands, content. */
export function Page(props: PageProps) {
  const { product } = useMessages().shell
  const t = useMessages().ui
  const { title, id, note, badge, actions, breadcrumbs = [], children } = props
  useEffect(() => {
    document.title = `${id === undefined ? title : `${id} ${title}`} — ${product}`
  }, [title, id, product])
  return (
    <article className="page">
      <header className="page-head">
        {breadcrumbs.length > 0 && (
          <nav className="crumbs" aria-label={t.breadcrumbs}>
            <ol>
              {breadcrumbs.map((crumb) => (
                <li key={crumb.to}>
                  <TextLink to={crumb.to}>{crumb.label}</TextLink>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="page-title-row">
          <div className="page-title">
            {id !== undefined && <span className="page-id">{id}</span>}
            <h1>{title}</h1>
            {badge}
          </div>
          {actions !== undefined && <div className="page-actions">{actions}</div>}
        </div>
        {note !== undefined && <p className="page-note">{note}</p>}
      </header>
      {children}
    </article>
  )
}

type SectionProps = {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** Rest on a sheet of its own instead of on the page. */
  readonly sheet?: boolean
  readonly children: ReactNode
}

/** A titled part of a page. */
export function Section({ title, note, actions, sheet = false, children }: SectionProps) {
  return (
    <section className={sheet ? 'section sheet' : 'section'} aria-label={title}>
      <header className="section-head">
        <div>
          <h2>{title}</h2>
          {note !== undefined && <p className="section-note">{note}</p>}
        </div>
        {actions !== undefined && <div className="section-actions">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
