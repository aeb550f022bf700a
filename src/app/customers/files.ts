import { createHash } from 'node:crypto'
import { refuse, type Refused } from '../../domain/decider.ts'
import { documentType } from '../../domain/evidence/document-type.ts'
import { safeFileName } from '../../domain/evidence/file-name.ts'
import { holdsVirusTest } from '../../domain/evidence/virus-test.ts'
import type { CustomersParts } from './parts.ts'

export type KeptFile = {
  readonly fileName: string
  readonly sha256: string
  readonly size: number
}

export type FileToSend = {
  readonly bytes: Uint8Array
  /** Always neutral: nothing opens in the browser, whatever is in it. */
  readonly mediaType: 'application/octet-stream'
  readonly fileName: string
}

/** Keeps a contract or material: a document by its bytes, without programs and viruses. */
export async function keepFile(
  { blobs, scan }: Pick<CustomersParts, 'blobs' | 'scan'>,
  given: { readonly fileName: string; readonly bytes: Uint8Array },
): Promise<KeptFile | Refused> {
  const fileName = safeFileName(given.fileName)
  const kind = documentType(given.bytes, fileName)
  if (typeof kind !== 'string') return kind
  const infected = holdsVirusTest(given.bytes) || (await scan(given.bytes)) === 'infected'
  if (infected) return refuse('evidence-virus-found', fileName)
  const sha256 = createHash('sha256').update(given.bytes).digest('hex')
  await blobs.put(given.bytes)
  return { fileName, sha256, size: given.bytes.length }
}

export async function fileToSend(
  { blobs }: Pick<CustomersParts, 'blobs'>,
  { fileName, sha256 }: Pick<KeptFile, 'fileName' | 'sha256'>,
): Promise<FileToSend> {
  return { bytes: await blobs.get(sha256), mediaType: 'application/octet-stream', fileName }
}
