/** The roles a person can have here. One installation serves one organisation. */
export const roles = [
  'administrator',
  'security-lead',
  'control-owner',
  'employee',
  'auditor',
  'read-only',
  'customer-contact',
] as const
export type Role = (typeof roles)[number]

/** A customer's contact is a guest here: he sees his own customer's things, and nothing else. */
export const guestRoles: readonly Role[] = ['customer-contact']
/** Roles that an administrator can give; a guest comes in through his customer's roster alone. */
export const houseRoles = [
  'administrator',
  'security-lead',
  'control-owner',
  'employee',
  'auditor',
  'read-only',
] as const satisfies readonly Role[]

/**
 * Who may do what: the one table. `public` needs no sign-in (and says so), `signed-in` any account
 * but a guest's, `any-account` a guest's too.
 * Nothing here lets anybody set a status, delete an entry or approve their own work.
 */
const grants = {
  'organisation.read': ['administrator', 'security-lead', 'control-owner', 'auditor', 'read-only'],
  'organisation.write': ['administrator', 'security-lead'],
  'accounts.read': ['administrator', 'security-lead', 'auditor'],
  'accounts.write': ['administrator'],
  'accounts.confirm': ['administrator', 'security-lead'],
  'criteria.read': ['administrator', 'security-lead', 'control-owner', 'auditor', 'read-only'],
  'criteria.decide': ['security-lead', 'administrator'],
  'controls.write': ['security-lead', 'administrator'],
  'checks.run': ['security-lead', 'administrator', 'control-owner'],
  'exceptions.answer': ['security-lead', 'administrator', 'control-owner'],
  'exceptions.accept': ['security-lead', 'administrator'],
  'people.read': ['administrator', 'security-lead', 'control-owner', 'auditor'],
  'people.write': ['administrator', 'security-lead'],
  'people.erase': ['administrator'],
  'hosts.read': ['administrator', 'security-lead', 'control-owner', 'auditor', 'read-only'],
  'hosts.write': ['administrator', 'security-lead'],
  'directory.read': ['administrator', 'security-lead', 'control-owner', 'auditor'],
  'directory.write': ['administrator', 'security-lead'],
  'services.read': ['administrator', 'security-lead', 'control-owner', 'auditor', 'read-only'],
  'services.write': ['administrator', 'security-lead'],
  'policies.write': ['security-lead', 'administrator'],
  'policies.approve': ['administrator', 'security-lead'],
  'training.write': ['security-lead', 'administrator'],
  'evidence.read': ['administrator', 'security-lead', 'control-owner', 'auditor'],
  'evidence.write': ['administrator', 'security-lead', 'control-owner'],
  'evidence.inspect': ['administrator', 'security-lead', 'control-owner'],
  'report.read': ['administrator', 'security-lead', 'auditor'],
  'report.write': ['administrator', 'security-lead'],
  'assertion.sign': ['administrator'],
  'ledger.read': ['administrator', 'security-lead', 'control-owner', 'auditor', 'read-only'],
  'customers.read': ['administrator', 'security-lead', 'control-owner', 'auditor'],
  'customers.write': ['administrator', 'security-lead', 'control-owner'],
  'customers.confirm': ['administrator', 'security-lead', 'control-owner'],
  'customer.own': ['customer-contact'],
} as const satisfies Record<string, readonly Role[]>

export type Grant = keyof typeof grants
export type Permission = Grant | 'public' | 'signed-in' | 'any-account'

/** Every permission that a role can be granted. */
export const permissions = Object.keys(grants).filter(isGrant)

function isGrant(name: string): name is Grant {
  return name in grants
}

/** Whether somebody with this role (none when not signed in) may pass. */
export function may(role: Role | null, permission: Permission): boolean {
  if (permission === 'public') return true
  if (role === null) return false
  if (permission === 'any-account') return true
  if (permission === 'signed-in') return !guestRoles.includes(role)
  const allowed: readonly Role[] = grants[permission]
  return allowed.includes(role)
}
