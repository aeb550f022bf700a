import type { ActHandler } from '../signed-act.ts'
import { agreementActs } from './agreement-acts.ts'
import { contactActs } from './contact-acts.ts'
import type { Notices } from './notices.ts'
import type { CustomersParts } from './parts.ts'

export function customersActs(parts: CustomersParts, notices: Notices): readonly ActHandler[] {
  const needs = { ...parts, notices }
  return [...contactActs(needs), ...agreementActs(needs)]
}
