/**
 * Spreadsheets run what begins with these as a formula, on the machine of whoever opens the file.
 * An apostrophe makes it text; the reader of imports takes it off again.
 */
const formula = /^'*[=+\-@\t\r＝＋－＠]/

/** A CSV that Excel opens correctly: UTF-8 with BOM, CRLF, every cell safe (RFC 4180). */
export function csvOf(rows: readonly (readonly (string | null)[])[]): Uint8Array {
  const lines = rows.map((row) => row.map((cell) => cellOf(cell ?? '')).join(','))
  return new TextEncoder().encode(`\u{feff}${lines.join('\r\n')}\r\n`)
}

function cellOf(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** What `csvOf` made safe, as it was. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}
