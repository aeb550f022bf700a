import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Act } from '../contract/session.ts'
import type { Permission, Role } from '../domain/access/permission.ts'
import { refuse, type Refused } from '../domain/decider.ts'
import type { Signature } from '../domain/signature.ts'
import type { Handled, Meta } from './engine/engine.ts'

/** Who signs: always a signed-in person, never a token or the system. */
export type Signer = { readonly person: string; readonly role: Role }

type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json }

/**
 * What a person signs, as a JSON object: which act, on exactly what, by digest. It names no person's
 * data, only ids, for it is kept in the log as it is. Whoever prepares the signature may put further
 * fields beside these (who, when, a nonce); `carryOut` reads only its own.
 */
export type Statement = { readonly act: Act['act']; readonly [field: string]: Json }

/** One kind of act that needs a passkey's signature; each room exports its own from `acts.ts`. */
export type ActHandler = {
  readonly act: Act['act']
  /** Checked by the caller, before the statement is worded and again before it is carried out. */
  readonly permission: Permission
  /** Words what is to be signed, or refuses at once what would be refused after signing. */
  readonly statement: (input: Act, signer: Signer) => Promise<Statement | Refused>
  /**
   * Carries out what was signed. The signature has been verified over `signature.statement`, of
   * which `statement` is the parsed form; that the signed thing is still as it was is checked here.
   */
  readonly carryOut: (
    statement: Readonly<Record<string, unknown>>,
    signature: Signature,
    signer: Signer,
  ) => Promise<Handled | Refused>
}

type Named<A extends Act['act']> = Extract<Act, { readonly act: A }>

/**
 * Says a signed act. `signed` reads back the fields that `statement` wrote; a statement that it does
 * not accept was not worded here and is refused with `statement-malformed`.
 */
export function defineAct<A extends Act['act'], S>(definition: {
  readonly act: A
  readonly permission: Permission
  readonly signed: z.ZodType<S>
  readonly statement: (input: Named<A>, signer: Signer) => Promise<Statement | Refused>
  readonly carryOut: (
    statement: S,
    signature: Signature,
    signer: Signer,
  ) => Promise<Handled | Refused>
}): ActHandler {
  return {
    act: definition.act,
    permission: definition.permission,
    async statement(input, signer) {
      if (!isAct(input, definition.act)) throw new Error(`${input.act} is not ${definition.act}`)
      return definition.statement(input, signer)
    },
    async carryOut(statement, signature, signer) {
      if (statement['act'] !== definition.act) return refuse('statement-malformed', 'act')
      const read = definition.signed.safeParse(statement)
      if (!read.success) return refuse('statement-malformed', read.error.issues[0]?.path.join('.'))
      return definition.carryOut(read.data, signature, signer)
    },
  }
}

/**
 * Who carries out a signed statement, and under which id: the statement's own, so that the same
 * signature handed in twice is answered with the first result.
 */
export function signedMeta(signature: Signature, signer: Signer): Meta {
  const digest = createHash('sha256').update(signature.statement).digest('hex')
  return { by: signer.person, command: `signed:${digest}` }
}

function isAct<A extends Act['act']>(input: Act, act: A): input is Named<A> {
  return input.act === act
}
