import { refuse, type Context } from '../decider.ts'
import {
  declineAgreement,
  draftAgreement,
  revokeAgreement,
  signAgreement,
  suspendAgreement,
} from './agreements.ts'
import {
  confirmContractKey,
  countersignContact,
  entitleContact,
  inviteContact,
  removeContact,
  revokeContactKey,
  sendLink,
  useLink,
} from './contacts.ts'
import {
  limits,
  type CommandOf,
  type CustomersCommand,
  type CustomersDecider,
  type Decision,
  type Present,
} from './customer.ts'
import { evolveCustomer } from './evolve.ts'
import { isOf } from './words.ts'

/**
 * Customers: what they run, who speaks for them with which key, what they agreed to beforehand and
 * what they were told. Nobody of ours speaks for a customer.
 */
export const customers: CustomersDecider = {
  initial: { state: 'absent' },
  decide(command, state, context) {
    if (command.type === 'describe') {
      const { customer, version, document } = command
      if (state.state === 'absent' && version !== 1) return refuse('customer-unknown', customer)
      if (state.state === 'ended') return refuse('customer-ended', customer)
      if (state.state === 'active' && version === 1) return refuse('customer-exists', customer)
      if (state.state === 'active' && version !== state.version + 1) {
        return refuse('customer-changed', customer)
      }
      return [{ type: 'customers.described.v1', customer, version, document }]
    }
    if (state.state === 'absent') return refuse('customer-unknown', command.customer)
    if (state.state === 'ended') return refuse('customer-ended', command.customer)
    return decideActive(command, state, context)
  },
  evolve: evolveCustomer,
}

function decideActive(
  command: Exclude<CustomersCommand, { type: 'describe' }>,
  state: Present,
  context: Context,
): Decision {
  switch (command.type) {
    case 'end':
      return [{ type: 'customers.ended.v1', customer: command.customer, reason: command.reason }]
    case 'describe-system':
      return describeSystem(command, state)
    case 'retire-system':
      return retireSystem(command, state)
    case 'register-contract':
      return registerContract(command)
    case 'invite-contact':
      return inviteContact(command, state)
    case 'confirm-contract-key':
      return confirmContractKey(command, state, context)
    case 'countersign-contact':
      return countersignContact(command, state, context)
    case 'entitle-contact':
      return entitleContact(command, state, context)
    case 'revoke-contact-key':
      return revokeContactKey(command, state, context)
    case 'remove-contact':
      return removeContact(command, state, context)
    case 'send-link':
      return sendLink(command, state, context)
    case 'use-link':
      return useLink(command, state, context)
    case 'draft-agreement':
      return draftAgreement(command, state)
    case 'sign-agreement':
      return signAgreement(command, state, context)
    case 'decline-agreement':
      return declineAgreement(command, state, context)
    case 'suspend-agreement':
      return suspendAgreement(command, state)
    case 'revoke-agreement':
      return revokeAgreement(command, state)
    case 'hold-briefing':
      return holdBriefing(command, state)
    case 'acknowledge-briefing':
      return acknowledgeBriefing(command, state, context)
  }
}

function describeSystem(command: CommandOf<'describe-system'>, state: Present): Decision {
  const { customer, system, version, document } = command
  if (!isOf(customer, system)) return refuse('system-of-another', system)
  const known = state.systems.get(system)
  if (known?.state === 'retired') return refuse('system-retired', system)
  if (known === undefined && state.systems.size >= limits.systems) {
    return refuse('customer-limit', 'systems')
  }
  if (version !== (known?.version ?? 0) + 1) return refuse('system-changed', system)
  return [{ type: 'customers.system-described.v1', customer, system, version, document }]
}

function retireSystem(command: CommandOf<'retire-system'>, state: Present): Decision {
  const { customer, system, reason } = command
  const known = state.systems.get(system)
  if (known === undefined) return refuse('system-unknown', system)
  if (known.state === 'retired') return []
  return [{ type: 'customers.system-retired.v1', customer, system, reason }]
}

function registerContract(command: CommandOf<'register-contract'>): Decision {
  const { type: _, ...contract } = command
  if (contract.until !== null && contract.until < contract.signedOn) {
    return refuse('contract-period-backwards', 'until')
  }
  return [{ type: 'customers.contract-registered.v1', ...contract }]
}

function holdBriefing(command: CommandOf<'hold-briefing'>, state: Present): Decision {
  const { type: _, today, ...held } = command
  if (state.briefings.has(held.briefing)) return refuse('briefing-exists', held.briefing)
  if (state.briefings.size >= limits.briefings) return refuse('customer-limit', 'briefings')
  if (held.heldOn > today) return refuse('briefing-not-yet', 'heldOn')
  if (held.renewBy <= held.heldOn) return refuse('briefing-renewal-backwards', 'renewBy')
  const stranger = held.theirs.find((person) => !state.contacts.has(person))
  if (stranger !== undefined) return refuse('contact-unknown', stranger)
  return [{ type: 'customers.briefing-held.v1', ...held }]
}

/** Any contact on the roster may: to have understood is no approval. */
function acknowledgeBriefing(
  command: CommandOf<'acknowledge-briefing'>,
  state: Present,
  { by }: Context,
): Decision {
  const { customer, briefing, document, signature } = command
  const held = state.briefings.get(briefing)
  if (held?.document !== document) return refuse('briefing-unknown', briefing)
  const keys = state.roster.contacts.get(by)?.keys ?? []
  if (!keys.some((key) => key.credentialId === signature.credentialId)) {
    return refuse('contact-not-on-roster', by)
  }
  if (held.acknowledgedBy.includes(by)) return []
  return [{ type: 'customers.briefing-acknowledged.v1', customer, briefing, document, signature }]
}
