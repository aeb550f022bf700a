import type { Permission } from '../../domain/access/permission.ts'
import { directoryAccountId, directorySourceId } from '../../contract/directory.ts'
import { serviceId } from '../../contract/services.ts'
import {
  controlId,
  criterionId,
  evidenceId,
  hostId,
  personId,
  sourceId,
} from '../../contract/shared.ts'
import { customerCode } from '../../domain/customers/words.ts'
import type { Path } from '../paths.ts'
import { paths } from '../paths.ts'

type Place = { readonly to: Path; readonly permission: Permission }

/**
 * The page of what a check found something about. A subject is an id, or several parts with a
 * slash, colon or space between; a person in it is who the finding is about. Null when it has no page.
 */
export function subjectPlace(check: string, subject: string): Place | null {
  const parts = subject.split(/[ /:]/)
  const ofCustomer = customerPlace(check, parts[0] ?? '')
  if (ofCustomer !== null) return ofCustomer
  if (serviceId.safeParse(parts[0]).success) {
    return { to: paths.service(parts[0] ?? ''), permission: 'services.read' }
  }
  const ofDirectory = directoryPlace(check, parts[0] ?? '')
  if (ofDirectory !== null) return ofDirectory
  const person = parts.find((part) => personId.safeParse(part).success)
  if (person !== undefined) return { to: paths.person(person), permission: 'people.read' }
  const first = parts[0] ?? ''
  if (hostId.safeParse(first).success) return { to: paths.host(first), permission: 'hosts.read' }
  if (sourceId.safeParse(first).success) {
    return { to: paths.source(first), permission: 'hosts.read' }
  }
  if (evidenceId.safeParse(first).success) {
    return { to: paths.evidenceItem(first), permission: 'evidence.read' }
  }
  if (controlId.safeParse(first).success) {
    return { to: paths.control(first), permission: 'criteria.read' }
  }
  if (criterionId.safeParse(first).success) {
    return { to: paths.criterion(first), permission: 'criteria.read' }
  }
  if (first.startsWith('exc_')) return { to: paths.exception(first), permission: 'criteria.read' }
  if (check.startsWith('policy-') && /^[a-z0-9-]{3,60}$/.test(first)) {
    return { to: paths.policy(first), permission: 'signed-in' }
  }
  return subject === 'roster' ? { to: paths.people(), permission: 'people.read' } : null
}

/** Accounts are named by a digest, as machines are; the check tells them apart. */
function directoryPlace(check: string, first: string): Place | null {
  const permission = 'directory.read'
  if (directorySourceId.safeParse(first).success) {
    const isPolicy = check === 'directory-password-policy'
    const to = isPolicy ? paths.directory({ tab: 'policies' }) : paths.directorySource(first)
    return { to, permission }
  }
  const isAccount = check.startsWith('account-') && directoryAccountId.safeParse(first).success
  return isAccount ? { to: paths.directoryAccount(first), permission } : null
}

/** Findings about customers and their agreements lead there, also when a person is in them. */
function customerPlace(check: string, first: string): Place | null {
  if (!check.startsWith('customer-')) return null
  const permission = 'customers.read'
  if (first.startsWith('agr_')) return { to: paths.agreement(first), permission }
  if (!customerCode.safeParse(first).success) return null
  return { to: paths.customer(first), permission }
}
