import { defineProjection, reads, type Projection } from '../projection.ts'
import { auditRoom } from './room.ts'

const auditView = defineProjection({
  name: 'audit',
  version: 1,
  tables: ['description_blocks', 'assertion_signatures', 'reports_made'],
  ddl: `
    create table description_blocks (
      block text primary key,
      version integer not null,
      text_ja text not null,
      text_en text not null,
      writer text not null,
      written_at timestamptz not null,
      seq bigint not null
    );
    create table assertion_signatures (
      seq bigint primary key,
      as_of date not null,
      language text not null,
      digest text not null,
      signer text not null,
      signed_at timestamptz not null,
      credential_id text not null
    );
    create table reports_made (
      seq bigint primary key,
      as_of date not null,
      language text not null,
      format text not null,
      prefix bigint not null,
      checkpoint bigint not null,
      assertion text not null,
      sha256 text not null,
      size bigint not null,
      maker text not null,
      made_at timestamptz not null
    );`,
  readers: [
    reads(auditRoom, async (event, { seq, by, recordedAt, effectiveAt }, view) => {
      switch (event.type) {
        case 'audit.description-written.v1': {
          const decoder = new TextDecoder()
          await view.put('description_blocks', {
            block: event.block,
            version: event.version,
            text_ja: decoder.decode(await view.blob(event.text.ja)),
            text_en: decoder.decode(await view.blob(event.text.en)),
            writer: by,
            written_at: effectiveAt,
            seq,
          })
          return
        }
        case 'audit.assertion-signed.v1':
          await view.put('assertion_signatures', {
            seq,
            as_of: event.asOf,
            language: event.language,
            digest: event.digest,
            signer: by,
            signed_at: recordedAt,
            credential_id: event.signature.credentialId,
          })
          return
        case 'audit.report-made.v1':
          await view.put('reports_made', {
            seq,
            as_of: event.asOf,
            language: event.language,
            format: event.format,
            prefix: event.prefix,
            checkpoint: event.checkpoint,
            assertion: event.assertion,
            sha256: event.sha256,
            size: event.size,
            maker: by,
            made_at: recordedAt,
          })
          return
      }
    }),
  ],
})

export const auditProjections: readonly Projection[] = [auditView]
