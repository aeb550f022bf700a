import { z } from 'zod'
import type { Access, AccessCommand, AccessRefusal } from '../../domain/access/commands.ts'
import { refuse } from '../../domain/decider.ts'
import type { Engine, RoomHandle } from '../engine/engine.ts'
import { defineAct, signedMeta, type ActHandler } from '../signed-act.ts'
import { livePasskeys } from './reads.ts'

const signed = z.object({ person: z.string(), credentialId: z.string(), fingerprint: z.string() })

/** To vouch for another's passkey: the statement names its fingerprint, which two people compared. */
export function accessActs(
  engine: Engine,
  room: RoomHandle<AccessCommand, Access, AccessRefusal>,
): readonly ActHandler[] {
  return [
    defineAct({
      act: 'confirm-passkey',
      permission: 'accounts.confirm',
      signed,
      async statement({ person, fingerprint }, signer) {
        if (person === signer.person) return refuse('confirmer-not-third', person)
        const passkeys = await livePasskeys(await engine.views())
        const passkey = passkeys.find(
          (one) => one.person === person && one.fingerprint === fingerprint,
        )
        if (passkey === undefined) return refuse('passkey-unknown', fingerprint)
        if (passkey.invited_by === signer.person) return refuse('confirmer-not-third', person)
        const credentialId = passkey.credential_id
        return { act: 'confirm-passkey', person, credentialId, fingerprint }
      },
      carryOut: async ({ person, credentialId }, signature, signer) =>
        room.handle(
          { type: 'confirm-passkey', person, credentialId, signature },
          signedMeta(signature, signer),
        ),
    }),
  ]
}
