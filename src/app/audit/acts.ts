import { z } from 'zod'
import type { Audit, AuditCommand, AuditRefusal } from '../../domain/audit/audit.ts'
import { languages } from '../../domain/audit/events.ts'
import { isRefused, refuse } from '../../domain/decider.ts'
import type { RoomHandle } from '../engine/engine.ts'
import type { Blobs } from '../ports.ts'
import { defineAct, type ActHandler } from '../signed-act.ts'
import { assertionText } from './assertion.ts'
import { factsOf, type Past } from './prefix.ts'
import type { StarterTexts } from './starter-texts.ts'

/** What management signs: the digest of the exact text, the day and the language. */
const signed = z.object({
  asOf: z.iso.date(),
  language: z.enum(languages),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
})

export function auditActs(
  room: RoomHandle<AuditCommand, Audit, AuditRefusal>,
  needs: { readonly past: Past; readonly starter: StarterTexts; readonly blobs: Blobs },
): readonly ActHandler[] {
  const textOf = async (of: { asOf: string; language: (typeof languages)[number] }) => {
    const facts = await factsOf(needs.past, of.asOf)
    return isRefused(facts) ? facts : assertionText(needs.starter, facts.figures, of.language)
  }
  return [
    defineAct({
      act: 'sign-assertion',
      permission: 'assertion.sign',
      signed,
      async statement({ asOf, language }) {
        const text = await textOf({ asOf, language })
        return isRefused(text)
          ? text
          : { act: 'sign-assertion', asOf, language, digest: text.digest }
      },
      async carryOut({ asOf, language, digest }, signature, signer) {
        const text = await textOf({ asOf, language })
        if (isRefused(text)) return text
        if (text.digest !== digest) return refuse('assertion-changed', asOf)
        // The entry holds only the digest, for strangers read it; the text lies beside, durable.
        await needs.blobs.put(new TextEncoder().encode(text.text))
        const command = { type: 'sign-assertion', asOf, language, digest, signature } as const
        return room.handle(command, { by: signer.person })
      },
    }),
  ]
}
