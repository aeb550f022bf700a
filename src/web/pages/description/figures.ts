/** `{{people.count}}` */
const named = /\{\{\s*([a-z][a-z0-9.-]{0,60})\s*\}\}/g

/** The text with every live figure in its place; a name that nobody knows stays as written. */
export function withFigures(
  text: string,
  figures: Readonly<Record<string, string | number>>,
): string {
  return text.replaceAll(named, (written, name: string) => {
    const value = Object.hasOwn(figures, name) ? figures[name] : undefined
    return value === undefined ? written : value.toString()
  })
}
