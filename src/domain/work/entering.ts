import { refuse, type Context } from '../decider.ts'
import type { PresentChange, WorkCommandOf, WorkDecision } from './change.ts'
import { entryFault } from './guards.ts'
import { boundTo, inState } from './standing.ts'
import { limits } from './words.ts'

/** A machine's clock and the proxy's may differ by this much. */
const skewMs = 30_000

/** A credential for one executor, one host, the rest of the window: asked for and given one by one. */
export function issueCredential(
  { credential, facts }: WorkCommandOf<'issue-credential'>,
  state: PresentChange,
  { by, at }: Context,
): WorkDecision {
  const wrong = inState(state, ['implement']) ?? entryFault(state, facts, by, at)
  if (wrong !== null) return wrong
  const { plan, credentials } = state
  if (credential.person !== by) return refuse('work-not-executor', credential.person)
  if (credentials.size >= limits.credentialsMax) return refuse('work-credential-limit')
  const outside = scopeFault(state, credential)
  if (outside !== null) return refuse('work-credential-scope', outside)
  const from = Date.parse(credential.validAfter)
  const until = Date.parse(credential.validBefore)
  const isShort =
    until - from <= limits.credentialMinutesMax * 60_000 + skewMs &&
    from >= Date.parse(at) - 2 * skewMs &&
    until > Date.parse(at) &&
    until <= Date.parse(plan.window.until)
  if (!isShort) return refuse('work-credential-lifetime', credential.validBefore)
  const number = plan.executors.indexOf(by) + 1
  const keyId = `${plan.change}.${number}.${credentials.size + 1}`
  return [{ type: 'work.credential-issued.v1', ...boundTo(state), ...credential, keyId }]
}

function scopeFault(
  { plan }: PresentChange,
  { kind, host, principals, publicKey }: WorkCommandOf<'issue-credential'>['credential'],
): string | null {
  if ((kind === 'ssh') !== (publicKey !== null)) return 'publicKey'
  const allowed =
    kind === 'ssh'
      ? plan.targets.filter((one) => one.host === host).map(({ account }) => `${host}:${account}`)
      : plan.cloud.filter((one) => one.number === host).map(({ role }) => role)
  return allowed.length === 0
    ? host
    : (principals.find((principal) => !allowed.includes(principal)) ?? null)
}

/** The proxy asks under the lock: what was stopped a moment ago opens no session any more. */
export function openSession(
  { change, session }: WorkCommandOf<'open-session'>,
  state: PresentChange,
  { at }: Context,
): WorkDecision {
  const wrong = inState(state, ['implement'])
  if (wrong !== null) return wrong
  if (state.sessions.has(session.session)) return refuse('work-session-exists', session.session)
  const { window, targets } = state.plan
  if (at < window.from || at >= window.until) return refuse('work-window-not-open')
  const credential = state.credentials.get(session.keyId)
  if (credential === undefined || credential.revoked) {
    return refuse('work-credential-unknown', session.keyId)
  }
  if (at >= credential.validBefore) return refuse('work-credential-lifetime', session.keyId)
  const isInScope =
    credential.host === session.host &&
    targets.some(({ host, account }) => host === session.host && account === session.account)
  if (!isInScope) return refuse('work-credential-scope', session.host)
  return [{ type: 'work.session-opened.v1', change, ...session }]
}

/** Whatever became of the change meanwhile: how a session ended is always taken down. */
export function endSession(
  { change, end }: WorkCommandOf<'end-session'>,
  state: PresentChange,
): WorkDecision {
  const session = state.sessions.get(end.session)
  if (session === undefined) return refuse('work-session-unknown', end.session)
  return session.open ? [{ type: 'work.session-ended.v1', change, ...end }] : []
}
