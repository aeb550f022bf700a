import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Text } from '../../domain/decider.ts'
import { policyDocument, type PolicyDocument } from '../../domain/policies/document.ts'

/** A policy to begin with: adopted as a draft, edited, and approved like any other. */
export type PolicyStarter = { readonly summary: Text; readonly document: PolicyDocument }

const text = z.strictObject({ ja: z.string().min(1).max(500), en: z.string().min(1).max(500) })
const index = z.strictObject({
  policies: z
    .array(
      z.strictObject({
        id: z.string(),
        title: text,
        summary: text,
        ownerRole: z.string(),
        audience: z.string(),
        reviewMonths: z.int(),
      }),
    )
    .min(1)
    .max(50),
})

/** Reads the starter policies of the program, in the order of `policies.json`. */
export function readPolicyStarters(folder: string): readonly PolicyStarter[] {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const { policies } = index.parse(JSON.parse(read('policies.json')))
  return policies.map(({ id, summary, ...terms }) => ({
    summary,
    document: policyDocument.parse({
      ...terms,
      policy: id,
      text: { ja: read(`${id}.ja.md`), en: read(`${id}.en.md`) },
    }),
  }))
}
