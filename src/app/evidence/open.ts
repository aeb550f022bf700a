import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, refuse, type Refused } from '../../domain/decider.ts'
import { documentType } from '../../domain/evidence/document-type.ts'
import { safeFileName } from '../../domain/evidence/file-name.ts'
import type { Scanned } from '../../domain/evidence/events.ts'
import { holdsVirusTest } from '../../domain/evidence/virus-test.ts'
import type { Engine, Handled } from '../engine/engine.ts'
import type { Blobs } from '../ports.ts'
import type { ActHandler } from '../signed-act.ts'
import { evidenceActs } from './acts.ts'
import { adoptedControls, evidenceList, evidenceOne, todayOf, type EvidenceRow } from './reads.ts'
import { evidenceRoom } from './room.ts'

/**
 * Looks for viruses. `absent` when there is no engine here or it does not answer: then the entry
 * says that nobody looked, which is a fact like any other.
 */
export type VirusScanner = (bytes: Uint8Array) => Promise<'clean' | 'infected' | 'absent'>

export const noVirusScanner: VirusScanner = () => Promise.resolve('absent')

export type Upload = {
  readonly title: string
  readonly fileName: string
  readonly controls: readonly string[]
  readonly from: string
  readonly to: string
  readonly bytes: Uint8Array
}

type EvidenceFile = {
  readonly bytes: Uint8Array
  /** Always neutral: nothing opens in the browser, whatever is in it. */
  readonly mediaType: 'application/octet-stream'
  readonly fileName: string
}

type One = NonNullable<Awaited<ReturnType<typeof evidenceOne>>>

export type EvidenceCases = {
  readonly list: (options: {
    asOf?: string | undefined
    control?: string | undefined
  }) => Promise<EvidenceRow[]>
  readonly get: (id: string, asOf?: string) => Promise<One | Refused>
  readonly upload: (upload: Upload, by: string) => Promise<(Handled & { id: string }) | Refused>
  readonly file: (id: string) => Promise<EvidenceFile | Refused>
  readonly acts: readonly ActHandler[]
}

const CONTROLS_MAX = 50

/** Documents as evidence. */
export function openEvidence(
  engine: Engine,
  needs: { readonly blobs: Blobs; readonly scan: VirusScanner },
): EvidenceCases {
  const room = engine.open(evidenceRoom)
  return {
    list: async ({ asOf, control }) => evidenceList(await engine.views(asOf), control),
    get: async (id, asOf) =>
      (await evidenceOne(await engine.views(asOf), id)) ?? refuse('evidence-unknown', id),
    upload: async (upload, by) => {
      const controls = [...new Set(upload.controls)].sort()
      if (controls.length === 0 || controls.length > CONTROLS_MAX) {
        return refuse('evidence-controls-missing', 'controls')
      }
      const fileName = safeFileName(upload.fileName)
      const mediaType = documentType(upload.bytes, fileName)
      if (typeof mediaType !== 'string') return mediaType
      const views = await engine.views()
      const adopted = await adoptedControls(views, controls)
      const unknown = controls.find((control) => !adopted.has(control))
      if (unknown !== undefined) return refuse('evidence-control-unknown', unknown)
      const scanned = await looked(upload.bytes, needs.scan)
      if (typeof scanned !== 'string') return scanned
      const { from, to, bytes } = upload
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const id = evidenceId({ sha256, from, to, controls })
      // Both are durable before the entry that names them.
      await needs.blobs.put(bytes)
      const label = canonicalJson({ title: upload.title.toWellFormed(), fileName })
      const document = {
        evidence: id,
        labelSha256: await needs.blobs.put(new TextEncoder().encode(label)),
        mediaType,
        sha256,
        size: bytes.length,
        controls,
        from,
        to,
        scanned,
      }
      const command = { type: 'submit', document, today: await todayOf(views) } as const
      const done = await room.handle(command, { by })
      return isRefused(done) ? done : { ...done, id }
    },
    file: async (id) => {
      const found = await evidenceOne(await engine.views(), id)
      if (found === null) return refuse('evidence-unknown', id)
      const bytes = await needs.blobs.get(found.sha256)
      return { bytes, mediaType: 'application/octet-stream', fileName: found.fileName }
    },
    acts: evidenceActs(engine, room),
  }
}

async function looked(bytes: Uint8Array, scan: VirusScanner): Promise<Scanned | Refused> {
  if (holdsVirusTest(bytes)) return refuse('evidence-virus-found')
  switch (await scan(bytes)) {
    case 'clean':
      return 'clamav'
    case 'infected':
      return refuse('evidence-virus-found')
    case 'absent':
      return 'none'
  }
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The same bytes about the same days and controls are the same evidence, however often uploaded. */
function evidenceId(of: {
  sha256: string
  from: string
  to: string
  controls: readonly string[]
}): string {
  const named = [of.sha256, of.from, of.to, ...of.controls].join('\n')
  const digest = createHash('sha256').update(named).digest()
  return `evd_${Array.from(digest.subarray(0, 26), (byte) => alphabet[byte % 32]).join('')}`
}
