import { refuse, type Refused } from '../decider.ts'
import type { DocumentType } from './events.ts'
import { pdfTrouble } from './pdf-names.ts'
import { zipNames } from './zip-names.ts'

/** The greatest size of a document, in bytes: 50 MiB. */
const DOCUMENT_BYTES_MAX = 52_428_800

export type DocumentRefusal =
  | 'document-empty'
  | 'document-too-large'
  | 'document-executable'
  | 'document-web-page'
  | 'document-macros'
  | 'document-legacy-office'
  | 'document-active'
  | 'document-encrypted'
  | 'document-archive'
  | 'document-damaged'
  | 'document-misnamed'
  | 'document-unrecognised'

type Known = DocumentType | Refused<DocumentRefusal>

/**
 * What a document is, by its bytes; what an uploader claims counts for nothing. Only kinds that a
 * person reads and that run nothing when opened are accepted; everything else is refused under the
 * name of what it is. A name that says another kind than the bytes is refused too: it is how a
 * harmful file is made to look harmless, and how an honest one becomes unreadable.
 */
export function documentType(bytes: Uint8Array, fileName: string): Known {
  if (bytes.length === 0) return refuse('document-empty')
  if (bytes.length > DOCUMENT_BYTES_MAX) return refuse('document-too-large')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const found = byMagic(file) ?? text(file)
  if (typeof found !== 'string') return found
  if (programs.has(extension)) return refuse('document-executable', fileName)
  if (webPages.has(extension)) return refuse('document-web-page', fileName)
  return fits(found, extension) ? found : refuse('document-misnamed', found)
}

const starts = (file: Buffer, hex: string, at = 0) => {
  const magic = Buffer.from(hex, 'hex')
  return file.subarray(at, at + magic.length).equals(magic)
}

/** Beginnings of files that run: Windows, Linux, macOS, Java, WebAssembly, shortcuts, scripts. */
const executables = [
  '4d5a',
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  '0061736d',
  '4c00000001140200',
  '2321',
]
/** 7z, RAR, gzip, bzip2, xz, Zstandard, cabinet. */
const archives = [
  '377abcaf271c',
  '52617221',
  '1f8b',
  '425a68',
  'fd377a585a00',
  '28b52ffd',
  '4d534346',
]

const pictures: readonly (readonly [hex: string, type: DocumentType])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
]

function byMagic(file: Buffer): Known | null {
  if (executables.some((hex) => starts(file, hex))) return refuse('document-executable')
  if (starts(file, '255044462d')) return pdf(file)
  if (starts(file, '504b0304')) return zip(file)
  if (starts(file, 'd0cf11e0a1b11ae1')) return refuse('document-legacy-office')
  if (archives.some((hex) => starts(file, hex))) return refuse('document-archive')
  if (starts(file, '7573746172', 257)) return refuse('document-archive')
  if (starts(file, '52494646') && starts(file, '57454250', 8)) return 'image/webp'
  if (starts(file, '66747970', 4) && /^(hei[cx]|mif1|heif)$/.test(file.toString('latin1', 8, 12))) {
    return 'image/heic'
  }
  return pictures.find(([hex]) => starts(file, hex))?.[1] ?? null
}

function pdf(file: Buffer): Known {
  const trouble = pdfTrouble(file)
  return trouble === null ? 'application/pdf' : refuse(trouble)
}

const openDocument = 'application/vnd.oasis.opendocument.'
const openXml = 'application/vnd.openxmlformats-officedocument.'

function zip(file: Buffer): Known {
  const names = zipNames(file)
  if (names === null) return refuse('document-damaged')
  if (names.has('[Content_Types].xml')) return officeOpenXml(names)
  // Where the format puts its own name: the first member, stored and not packed (ODF 1.3, part 2).
  const mimetype = /^mimetype(application\/[a-z.-]+)PK/.exec(file.toString('latin1', 30, 130))?.[1]
  if (mimetype === undefined) return refuse('document-archive')
  if ([...names].some((name) => /^(Basic|Scripts)\//.test(name))) return refuse('document-macros')
  switch (mimetype) {
    case `${openDocument}text`:
    case `${openDocument}spreadsheet`:
    case `${openDocument}presentation`:
      return mimetype
    default:
      return refuse('document-unrecognised', mimetype)
  }
}

/** Macros of either kind, ActiveX, and embedded objects that start whatever they hold. */
const macros = /vbaProject\.bin$|vbaData\.xml$|\/macrosheets\/|\/activeX\/|\/embeddings\/.*\.bin$/i

function officeOpenXml(names: ReadonlySet<string>): Known {
  if ([...names].some((name) => macros.test(name))) return refuse('document-macros')
  if (names.has('word/document.xml')) return `${openXml}wordprocessingml.document`
  if (names.has('xl/workbook.xml')) return `${openXml}spreadsheetml.sheet`
  if (names.has('ppt/presentation.xml')) return `${openXml}presentationml.presentation`
  return refuse('document-archive')
}

/** How far a browser reads before it decides that a text is a page. */
const PAGE_CHARACTERS = 1_500
const markup = /^\s*<(\?xml|!doctype|!--)|<(html|head|body|script|svg|iframe|object|embed)[\s/>]/i
// oxlint-disable-next-line no-control-regex -- a text holds no others than tab and line ends
const controls = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/

function text(file: Buffer): Known {
  const words = decoded(file)
  if (words === null || controls.test(words)) return refuse('document-unrecognised')
  if (words.startsWith('#!')) return refuse('document-executable')
  if (markup.test(words.slice(0, PAGE_CHARACTERS))) return refuse('document-web-page')
  return 'text/plain'
}

/** UTF-8, or the Shift_JIS that spreadsheets in Japan still write. */
function decoded(file: Buffer): string | null {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(file)
    } catch {
      // the next encoding, or none
    }
  }
  return null
}

const programs = new Set(
  (
    'exe com scr pif cpl msi msp dll sys bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh wsc jar lnk url ' +
    'reg app sh bash command py pl rb php desktop inf'
  ).split(' '),
)
const webPages = new Set('htm html xhtml xht shtml mht mhtml svg svgz xml xsl xslt hta'.split(' '))

const extensions: Readonly<Record<Exclude<DocumentType, 'text/plain'>, readonly string[]>> = {
  'application/pdf': ['pdf'],
  [`${openXml}wordprocessingml.document`]: ['docx'],
  [`${openXml}spreadsheetml.sheet`]: ['xlsx'],
  [`${openXml}presentationml.presentation`]: ['pptx'],
  [`${openDocument}text`]: ['odt'],
  [`${openDocument}spreadsheet`]: ['ods'],
  [`${openDocument}presentation`]: ['odp'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic', 'heif'],
}
/** Names that promise something else than text. */
const notText = new Set([
  ...Object.values(extensions).flat(),
  'doc',
  'xls',
  'ppt',
  'docm',
  'xlsm',
  'pptm',
  'zip',
  'rtf',
])

function fits(type: DocumentType, extension: string): boolean {
  if (type === 'text/plain') return !notText.has(extension)
  return extensions[type].includes(extension)
}
