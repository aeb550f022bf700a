import type { Download } from './handler.ts'

/**
 * A file as an attachment, never shown in the page, whatever it holds. The name is given twice, as
 * RFC 6266 says: in ASCII for old programs, in UTF-8 for all others.
 */
export function downloadHeaders(download: Download): Record<string, string> {
  const clean = download.fileName
    .replaceAll(/[\p{Cc}\p{Cf}"\\/:*?<>|]/gu, '_')
    .toWellFormed()
    .slice(0, nameCharactersMax)
  const ascii = clean.replaceAll(/[^ -~]/g, '_').replaceAll('%', '_')
  return {
    'content-type': download.mediaType,
    'content-length': String(download.bytes.byteLength),
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded(clean)}`,
    'content-security-policy': "default-src 'none'; sandbox",
  }
}

const nameCharactersMax = 200

/** Characters that RFC 5987 allows besides letters and digits are fewer than those of a URI. */
function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
