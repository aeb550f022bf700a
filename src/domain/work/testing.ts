import { createHash } from 'node:crypto'
import type { WorkCommand } from './change.ts'
import { workDecider } from './work.ts'
import type { ApprovalRole, Kind } from './words.ts'
import { isRefused } from '../decider.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Agreement } from '../customers/customer.ts'
import { documentText, type AgreementDocument } from '../customers/documents.ts'
import { emptyRoster, type Roster } from '../customers/roster.ts'
import type { Entitlement } from '../customers/words.ts'
import type { Role } from '../access/permission.ts'
import type { Signature } from '../signature.ts'
import type { HousePerson, Judge, SigningKey, WorkFacts } from './facts.ts'
import { plannedOf, type PlanDocument, type Planned } from './plan.ts'
import { rosterMark, workStatement, type SigningRole, type WorkDecision } from './statement.ts'

/** For tests of the decider: people with keys, and a signature that is a hash with the key's name. */
export const personOf = (name: string) => `per_${name.padEnd(26, '0')}`
export const keyOf = (name: string): SigningKey => ({
  credentialId: `key-${name}`,
  publicKey: `public-${name}`,
  rpId: 'localhost',
  origin: 'http://localhost',
})

const seal = (statement: string, credentialId: string) =>
  createHash('sha256').update(`${credentialId} ${statement}`).digest('hex')

/** Stands in for cryptography: only whoever names the key makes its seal. */
export const sealJudge: Judge = {
  verifies: (signature, key) =>
    signature.credentialId === key.credentialId &&
    signature.signature === seal(signature.statement, key.credentialId),
}

export function sealed(name: string, statement: object): Signature {
  const text = canonicalJson({
    ...statement,
    signer: personOf(name),
    origin: 'http://localhost',
  })
  const { credentialId } = keyOf(name)
  const rest = { authenticatorData: 'a', clientDataJSON: 'c' }
  return { statement: text, credentialId, ...rest, signature: seal(text, credentialId) }
}

export function signedAs(
  name: string,
  plan: Planned,
  role: SigningRole,
  decision: WorkDecision,
  roster: Roster,
): Signature {
  const mark = role === 'customer' ? rosterMark(roster) : null
  return sealed(name, workStatement(plan, decision, role, mark))
}

const full: Entitlement = { systems: 'all', risks: ['normal', 'destructive', 'emergency-review'] }

export function rosterOf(names: readonly string[], entitlement: Entitlement = full): Roster {
  const contacts = new Map(
    names.map((name) => [
      personOf(name),
      {
        person: personOf(name),
        entitlement,
        keys: [{ ...keyOf(name), fingerprint: `SHA256:${'A'.repeat(43)}` }],
      },
    ]),
  )
  return { ...emptyRoster('acme'), version: names.length, contacts }
}

export function houseOf(
  names: readonly string[],
  role: Role = 'security-lead',
): ReadonlyMap<string, HousePerson> {
  return new Map(
    names.map((name) => [
      personOf(name),
      { role, active: true, keys: [keyOf(name)], employed: true, trained: true },
    ]),
  )
}

export const agreedWork: AgreementDocument = {
  title: { ja: '再起動', en: 'Restart' },
  systems: ['web.acme'],
  hosts: ['db1.acme'],
  risk: 'normal',
  runbook: createHash('sha256').update('systemctl restart web').digest('hex'),
  parameters: [
    { kind: 'integer', name: 'wait', label: { ja: '待ち', en: 'wait' }, min: 0, max: 60 },
  ],
  trigger: { kind: 'monitor', source: 'zabbix' },
  runLimit: { runs: 2, days: 7 },
  expires: '2026-12-31',
}
const agreementDocumentHash = createHash('sha256').update(documentText(agreedWork)).digest('hex')
export const agreementId = `agr_${'1'.padEnd(26, '0')}`

export const inForce: Agreement = {
  agreement: agreementId,
  newest: 1,
  draft: null,
  revoked: false,
  inForce: {
    version: 1,
    document: agreementDocumentHash,
    systems: agreedWork.systems,
    risk: 'normal',
    runLimit: agreedWork.runLimit,
    expires: agreedWork.expires,
    state: 'active',
    signedBy: personOf('mori'),
    signedAt: '2026-01-01T00:00:00.000Z',
    resignBy: null,
  },
}

export function factsOf(changes: Partial<WorkFacts> = {}): WorkFacts {
  return {
    today: '2026-04-01',
    customer: 'active',
    roster: rosterOf(['mori', 'kudo']),
    systems: new Set(['web.acme']),
    agreement: inForce,
    model: agreedWork,
    house: houseOf(['aoi', 'ben', 'emi', 'dai', 'gen']),
    removedForCause: new Set(),
    ...changes,
  }
}

export function planOf(changes: Partial<PlanDocument> = {}): PlanDocument {
  const kind = changes.kind ?? 'normal'
  return {
    change: 'CHG-2026-0001',
    revision: 1,
    customer: 'acme',
    kind,
    title: 'Restart the web service',
    purpose: 'It hangs.',
    steps: 'systemctl restart web',
    rollback: 'systemctl stop web',
    risk: 'normal',
    targets: [
      {
        host: 'db1.acme',
        system: 'web.acme',
        environment: 'prod',
        production: true,
        address: '192.0.2.7',
        port: 22,
        hostKey: null,
        account: 'ops',
      },
    ],
    cloud: [],
    command: null,
    window: { from: '2026-04-01T00:00:00.000Z', until: '2026-04-01T01:00:00.000Z' },
    executors: [personOf('emi')],
    model:
      kind === 'standard'
        ? {
            agreement: agreementId,
            version: 1,
            document: agreementDocumentHash,
            parameters: { wait: '5' },
            unusual: false,
            trigger: { kind: 'monitor', reference: 'PROBLEM 4711', signal: null },
          }
        : null,
    emergency: kind === 'emergency' ? { reason: 'Payments fail', incident: 'INC-7' } : null,
    ...changes,
  }
}

const decider = workDecider(sealJudge)
export const storyAt = '2026-04-01T00:30:00.000Z'

/** A yes, as each role words it. */
export function yes(role: 'assessor' | ApprovalRole): WorkDecision {
  if (role === 'assessor') return { act: 'assess-work', decision: 'assessed', note: '' }
  const act = role === 'customer' ? 'answer-work' : 'check-work'
  return { act, decision: 'approved', note: '' }
}

/** The story of one change up to a state, for the rules that are looked at one by one. */
export function story(kind: Kind, changes: Partial<PlanDocument> = {}) {
  const facts = factsOf()
  const document = planOf({ kind, ...changes })
  const plan = plannedOf(document)
  const { change } = document
  let state = decider.initial
  const run = (name: string, command: WorkCommand, when = storyAt) => {
    const by = personOf(name)
    const answer = decider.decide(command, state, { by, at: when })
    if (isRefused(answer)) return answer.refused
    for (const event of answer) state = decider.evolve(state, event, { by, at: when })
    return state.state
  }
  const signed = (name: string, role: Parameters<typeof yes>[0]) =>
    ({
      change,
      revision: 1,
      signature: signedAs(name, plan, role, yes(role), facts.roster),
      facts,
    }) as const
  return {
    facts,
    run,
    request: () => run('aoi', { type: 'request', change, document, facts }),
    submit: () => run('aoi', { type: 'submit', change, revision: 1 }),
    assess: (name = 'ben') => run(name, { type: 'assess', ...signed(name, 'assessor'), note: '' }),
    approve: (name: string, role: 'customer' | 'checker' | 'duty-officer', when = storyAt) =>
      run(name, { type: 'approve', ...signed(name, role) }, when),
    start: (
      name = 'emi',
      given: Partial<WorkFacts> = {},
      when = storyAt,
      notified = [personOf('mori')],
    ) => run(name, { type: 'start', change, facts: { ...facts, ...given }, notified }, when),
    change,
    plan,
  }
}
