import { useFormat, useMessages } from '../../messages/language.tsx'
import { Copyable } from '../../ui/copyable.tsx'

type Props = { readonly link: string; readonly expiresAt: string }

/** An invitation link, shown once, to be handed over by the one who invited. */
export function InvitationLink({ link, expiresAt }: Props) {
  const t = useMessages().settings.invitation
  const format = useFormat()
  return (
    <div className="stack">
      <p className="note note-warning">
        <span>
          <strong>{t.done}</strong>
          <br />
          {t.once(format.instant(expiresAt))}
        </span>
      </p>
      <Copyable label={t.link} text={link} />
    </div>
  )
}
