import { CopyButton } from '@mantine/core'
import { useMessages } from '../messages/language.tsx'

type Props = { readonly label: string; readonly text: string }

/** Something to be copied as it is: a command, a checkpoint, the bytes of an entry. */
export function Copyable({ label, text }: Props) {
  const t = useMessages().ui
  return (
    <figure className="code-block code-wrap">
      <figcaption>
        <span>{label}</span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <button type="button" className="quiet-button" onClick={copy}>
              {copied ? t.copied : t.copy}
            </button>
          )}
        </CopyButton>
      </figcaption>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
