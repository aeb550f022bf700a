import { z } from 'zod'
import { refuse } from '../../domain/decider.ts'
import type { PoliciesCommand, PoliciesRefusal, Policy } from '../../domain/policies/policies.ts'
import type { Engine, RoomHandle } from '../engine/engine.ts'
import { defineAct, type ActHandler } from '../signed-act.ts'
import { policyOne, versionsOf } from './reads.ts'

const title = z.object({ ja: z.string(), en: z.string() })

/** What is signed: one version, by the digest of its document; the title is for the eye. */
const signed = z.object({
  policy: z.string(),
  version: z.int(),
  document: z.string(),
  title,
})

type Room = RoomHandle<PoliciesCommand, Policy, PoliciesRefusal>

export function policiesActs(engine: Engine, room: Room): readonly ActHandler[] {
  return [approvePolicy(engine, room), acknowledgePolicy(engine, room)]
}

/** Signed for a draft it is an approval; for the version in force, a review that changes nothing. */
function approvePolicy(engine: Engine, room: Room): ActHandler {
  return defineAct({
    act: 'approve-policy',
    permission: 'policies.approve',
    signed,
    async statement(input, signer) {
      const views = await engine.views()
      const found = await policyOne(views, signer.person, input.policy)
      if (found === null) return refuse('policy-unknown', input.policy)
      if (found.state === 'withdrawn') return refuse('policy-withdrawn', input.policy)
      const current = [found.newest, found.version].includes(input.version)
      const versions = current ? await versionsOf(views, input.policy) : []
      const version = versions.find((one) => one.version === input.version)
      if (version === undefined) return refuse('policy-changed', input.policy)
      if (version.author.id === signer.person) return refuse('policy-own', input.policy)
      const { policy, version: number } = input
      const isReview = number === found.version
      return {
        act: 'approve-policy',
        policy,
        version: number,
        document: version.digest,
        title: version.title,
        effect: isReview ? 'reviewed-without-change' : 'in-force',
      }
    },
    carryOut: ({ policy, version, document }, signature, signer) =>
      room.handle({ type: 'approve', policy, version, document, signature }, { by: signer.person }),
  })
}

function acknowledgePolicy(engine: Engine, room: Room): ActHandler {
  return defineAct({
    act: 'acknowledge-policy',
    permission: 'signed-in',
    signed,
    async statement(input, signer) {
      const views = await engine.views()
      const found = await policyOne(views, signer.person, input.policy)
      if (found === null) return refuse('policy-unknown', input.policy)
      if (found.version !== input.version) return refuse('policy-not-in-force', input.policy)
      const versions = await versionsOf(views, input.policy)
      const version = versions.find((one) => one.version === input.version)
      if (version === undefined) return refuse('policy-not-in-force', input.policy)
      const { policy, version: number } = input
      const { digest: document, title } = version
      return { act: 'acknowledge-policy', policy, version: number, document, title }
    },
    // Signed once is signed: the command's id answers every later time with the first entry.
    carryOut: ({ policy, version, document }, signature, { person }) =>
      room.handle(
        { type: 'acknowledge', policy, version, document, signature },
        { by: person, command: `policies.acknowledge:${policy}:${version}:${person}` },
      ),
  })
}
