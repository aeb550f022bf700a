import { Button, Tooltip } from '@mantine/core'
import type { ButtonVariant } from '@mantine/core'
import { useId } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { Permission } from '../../domain/access/permission.ts'
import { useWhyNot } from '../api/session.ts'
import type { Path } from '../paths.ts'
import { ButtonLink } from './link.tsx'

type ReasonProps = {
  /** Null when nothing is in the way. */
  readonly reason: string | null
  readonly children: ReactElement
}

/** Says, on hover and focus, why what is inside cannot be used. */
export function DisabledReason({ reason, children }: ReasonProps) {
  if (reason === null) return children
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      {children}
    </Tooltip>
  )
}

type CommandButtonProps = {
  readonly permission: Permission
  /** Another reason why not, after the past day and the permission. */
  readonly reason?: string | null
  readonly onClick: () => void
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly color?: string
  readonly size?: 'xs' | 'sm' | 'md'
  readonly icon?: ReactNode
  readonly running?: boolean
}

/** A button that changes something: disabled with its reason rather than hidden. */
export function CommandButton(props: CommandButtonProps) {
  const { permission, onClick, children, icon, variant = 'filled', size = 'sm' } = props
  const why = useWhyNot()(permission) ?? props.reason ?? null
  const id = useId()
  const dress = {
    variant,
    size,
    leftSection: icon,
    ...(props.color === undefined ? {} : { color: props.color }),
  }
  if (why === null) {
    return (
      <Button {...dress} onClick={onClick} loading={props.running ?? false}>
        {children}
      </Button>
    )
  }
  return (
    <DisabledReason reason={why}>
      <Button {...dress} aria-disabled data-disabled aria-describedby={id} onClick={ignore}>
        {children}
        <span id={id} className="visually-hidden">
          {why}
        </span>
      </Button>
    </DisabledReason>
  )
}

type CommandLinkProps = {
  readonly permission: Permission
  readonly to: Path
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly size?: 'xs' | 'sm' | 'md'
  readonly icon?: ReactNode
}

/** The way to a page that changes something: a link, or disabled with the reason. */
export function CommandLink({ permission, to, ...rest }: CommandLinkProps) {
  const why = useWhyNot()(permission)
  if (why === null) return <ButtonLink to={to} {...rest} />
  return <CommandButton permission={permission} reason={why} onClick={ignore} {...rest} />
}

function ignore() {
  // It says why it does nothing.
}
