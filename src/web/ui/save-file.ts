/** The browser may still be reading it for so long after the press. */
const keptMs = 10_000

/** Gives the person a file, as a download. */
export function saveFile(name: string, content: string | Uint8Array, mediaType: string) {
  const part = typeof content === 'string' ? content : new Uint8Array(content)
  const address = URL.createObjectURL(new Blob([part], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, keptMs)
}
