import { useMessages } from '../messages/language.tsx'

/** A seal in vermilion: what it stands by is, or will be, signed with a passkey. */
export function Seal({ size = 'md' }: { readonly size?: 'sm' | 'md' }) {
  const t = useMessages().ui.sign
  return (
    <span className={size === 'sm' ? 'seal seal-sm' : 'seal'} title={t.seal}>
      <span aria-hidden>印</span>
      <span className="visually-hidden">{t.seal}</span>
    </span>
  )
}
