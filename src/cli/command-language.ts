/** The language of names and messages that exist in both; help and labels are in English. */
export function commandLanguage(): 'ja' | 'en' {
  const said = process.env['ARINOMAMA_LANG'] ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? ''
  return said.startsWith('ja') ? 'ja' : 'en'
}
