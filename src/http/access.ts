import type { AccessCases } from '../app/access/open.ts'
import type { CameIn } from '../app/access/doors.ts'
import type { OrganisationCases } from '../app/organisation/open.ts'
import { dayIn } from '../app/organisation/reads.ts'
import * as contract from '../contract/session.ts'
import { may, permissions } from '../domain/access/permission.ts'
import { isRefused } from '../domain/decider.ts'
import { handler, personOf, WithSession, type Caller, type Handler } from './handler.ts'

type Needs = {
  readonly access: AccessCases
  readonly organisation: OrganisationCases
  readonly now: () => string
}

export function accessHandlers(needs: Needs): readonly Handler[] {
  return [...doorHandlers(needs), ...accountHandlers(needs), ...tokenHandlers(needs)]
}

function doorHandlers(needs: Needs): readonly Handler[] {
  const { access } = needs
  const { doors } = access
  return [
    handler(contract.getSession, (_, caller) => session(needs, caller)),
    handler(contract.setUpOptions, ({ body }) => doors.setUpOptions(body)),
    handler(contract.setUp, async ({ body }) => {
      const done = await doors.setUp({ ...body, language: 'ja', demonstration: false })
      return isRefused(done) ? done : cameIn(done)
    }),
    handler(contract.signInOptions, () => doors.signInOptions()),
    handler(contract.signIn, async ({ body }, caller) => {
      const done = await doors.signIn(body.credential, caller.address)
      if (isRefused(done)) return done
      if (caller.session !== null && caller.person !== null) {
        await access.signOut(caller.person, caller.session)
      }
      const name = (await access.account(done.person))?.name ?? null
      return new WithSession({ person: { id: done.person, name } }, done.secret)
    }),
    handler(contract.signOut, async (_, caller) => {
      if (caller.session !== null) await access.signOut(personOf(caller), caller.session)
      return new WithSession({ ended: true as const }, null)
    }),
    handler(contract.getInvitation, async ({ params }) => {
      const found = await doors.invitation(params.token)
      if (isRefused(found)) return found
      const { person, name, role, expiresAt, options } = found
      const organisation = await needs.organisation.mustRead()
      if (isRefused(organisation)) return organisation
      return {
        person: { id: person, name },
        role,
        organisation: organisation.name,
        expiresAt,
        options,
      }
    }),
    handler(contract.acceptInvitation, async ({ params, body }) => {
      const done = await doors.acceptInvitation(params.token, body.credential)
      return isRefused(done) ? done : cameIn(done)
    }),
  ]
}

/** A passkey that is held opens no session yet: the cookie stays as it is. */
function cameIn({ seq, secret }: CameIn) {
  return secret === null ? { seq } : new WithSession({ seq }, secret)
}

async function session({ access, organisation, now }: Needs, caller: Caller) {
  const found = await organisation.read()
  const { person: id, role } = caller
  const account = id === null ? null : await access.account(id)
  const zone = found?.timeZone ?? 'UTC'
  const today = dayIn(zone, now())
  return {
    setUp: found !== null,
    demonstration: found?.demonstration ?? false,
    person:
      id === null || role === null
        ? null
        : { id, name: account?.name ?? null, email: account?.email ?? null, role },
    permissions: permissions.filter((permission) => may(role, permission)),
    organisation:
      found === null || id === null
        ? null
        : { name: found.name, timeZone: found.timeZone, categories: [...found.categories] },
    csrfToken: caller.csrfToken,
    today,
    firstDay: found === null ? today : dayIn(zone, found.setUpAt),
    notices: id === null || role === null ? [] : await access.notices(id, role),
  }
}

function accountHandlers({ access }: Needs): readonly Handler[] {
  const { accounts } = access
  return [
    handler(contract.listAccounts, (_, caller) => accounts.list(personOf(caller))),
    handler(contract.invite, ({ body }, caller) => accounts.invite(body, personOf(caller))),
    handler(contract.changeRole, async ({ params, body }, caller) => {
      const done = await accounts.changeRole(params.person, body.role, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(contract.disableAccount, async ({ params, body }, caller) => {
      const done = await accounts.disable(params.person, body.reason, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
    handler(contract.refuseEnrolment, async ({ params }, caller) => {
      if (caller.role === null) return { refused: 'not-signed-in' }
      const asker = { person: personOf(caller), role: caller.role }
      const done = await accounts.refuseEnrolment(params.person, asker)
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}

function tokenHandlers({ access }: Needs): readonly Handler[] {
  const { tokens } = access
  return [
    handler(contract.listTokens, (_, caller) => tokens.list(personOf(caller))),
    handler(contract.createToken, ({ body }, caller) => tokens.create(body, personOf(caller))),
    handler(contract.revokeToken, async ({ params }, caller) => {
      const done = await tokens.revoke(params.token, personOf(caller))
      return isRefused(done) ? done : { seq: done.last }
    }),
  ]
}
