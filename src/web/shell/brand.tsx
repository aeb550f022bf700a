import { useMessages } from '../messages/language.tsx'

/** The mark and the name. */
export function Brand() {
  const t = useMessages().shell
  return (
    <span className="brand">
      <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden>
        <path d="M21.6 6.2A11.2 11.2 0 1 0 26.9 12" />
        <circle cx="16" cy="16" r="3" />
      </svg>
      <span className="brand-name">{t.product}</span>
    </span>
  )
}
