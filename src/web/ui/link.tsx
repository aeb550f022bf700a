import { Button } from '@mantine/core'
import type { ButtonVariant } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode, Ref } from 'react'
import type { Path } from '../paths.ts'
import { splitPath } from '../paths.ts'
import { searchRecord } from '../routing/search.ts'
import { keepingDay } from '../routing/use-search.ts'

type LinkProps = {
  readonly to: Path
  readonly children?: ReactNode
  readonly className?: string | undefined
  readonly title?: string
  readonly 'aria-label'?: string | undefined
  readonly 'aria-current'?: 'page' | undefined
  readonly onClick?: () => void
  readonly ref?: Ref<HTMLAnchorElement>
}

/** A link inside the application; the day that is shown stays the same. */
export function PageLink({ to, ...rest }: LinkProps) {
  const { path, search } = splitPath(to)
  return (
    <Link
      to={path}
      search={(now: unknown) => keepingDay(searchRecord(now), search)}
      activeOptions={{ exact: true, includeSearch: false }}
      preload="intent"
      {...rest}
    />
  )
}

/** A link in running text or a table. */
export function TextLink(props: LinkProps) {
  return <PageLink {...props} className={`link ${props.className ?? ''}`} />
}

type ButtonLinkProps = {
  readonly to: Path
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly size?: 'xs' | 'sm' | 'md'
  readonly icon?: ReactNode
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function ButtonLink({
  to,
  children,
  variant = 'default',
  size = 'sm',
  icon,
}: ButtonLinkProps) {
  return (
    <Button component={PageLink} to={to} variant={variant} size={size} leftSection={icon}>
      {children}
    </Button>
  )
}
