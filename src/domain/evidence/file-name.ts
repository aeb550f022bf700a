/** A name and no path; without marks that hide or turn what is read. */
export function safeFileName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const seen = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  return seen === '' || /^\.+$/.test(seen) ? 'document' : seen
}
