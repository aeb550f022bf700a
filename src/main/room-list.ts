import { doorRefusals } from '../app/access/refusals.ts'
import { accessProjections } from '../app/access/views.ts'
import { auditProjections } from '../app/audit/views.ts'
import { controlsProjections } from '../app/controls/views.ts'
import { criteriaProjections } from '../app/criteria/views.ts'
import { customersProjections } from '../app/customers/views.ts'
import { devicesProjections } from '../app/devices/views.ts'
import { directoryProjections } from '../app/directory/views.ts'
import { engineRefusals } from '../app/engine/refusals.ts'
import { evidenceProjections } from '../app/evidence/views.ts'
import { exceptionsProjections } from '../app/exceptions/views.ts'
import { importRefusals } from '../app/import/refusals.ts'
import { judgingProjections } from '../app/judging/views.ts'
import { ledgerProjections } from '../app/ledger/views.ts'
import { organisationProjections } from '../app/organisation/views.ts'
import { peopleProjections } from '../app/people/views.ts'
import { policiesProjections } from '../app/policies/views.ts'
import type { Projection } from '../app/projection.ts'
import { servicesProjections } from '../app/services/views.ts'
import { signingRefusals } from '../app/signing/refusals.ts'
import { trainingProjections } from '../app/training/views.ts'
import { accessChecks } from '../domain/access/checks.ts'
import { accessRefusals } from '../domain/access/refusals.ts'
import { auditRefusals } from '../domain/audit/refusals.ts'
import type { Check } from '../domain/check.ts'
import { controlsChecks } from '../domain/controls/checks.ts'
import { controlsRefusals } from '../domain/controls/refusals.ts'
import { criteriaChecks } from '../domain/criteria/checks.ts'
import { criteriaRefusals } from '../domain/criteria/refusals.ts'
import { customersChecks } from '../domain/customers/checks.ts'
import { customersRefusals } from '../domain/customers/refusals.ts'
import type { Text } from '../domain/decider.ts'
import { deviceChecks } from '../domain/devices/checks.ts'
import { devicesRefusals } from '../domain/devices/refusals.ts'
import { directoryChecks } from '../domain/directory/checks.ts'
import { directoryRefusals } from '../domain/directory/refusals.ts'
import { evidenceChecks } from '../domain/evidence/checks.ts'
import { evidenceRefusals } from '../domain/evidence/refusals.ts'
import { exceptionsChecks } from '../domain/exceptions/checks.ts'
import { exceptionsRefusals } from '../domain/exceptions/refusals.ts'
import { judgingChecks } from '../domain/judging/checks.ts'
import { judgingRefusals } from '../domain/judging/refusals.ts'
import { ledgerChecks } from '../domain/ledger/checks.ts'
import { ledgerRefusals } from '../domain/ledger/refusals.ts'
import { organisationRefusals } from '../domain/organisation/refusals.ts'
import { peopleChecks } from '../domain/people/checks.ts'
import { peopleRefusals } from '../domain/people/refusals.ts'
import { policiesChecks } from '../domain/policies/checks.ts'
import { policiesRefusals } from '../domain/policies/refusals.ts'
import { servicesChecks } from '../domain/services/checks.ts'
import { servicesRefusals } from '../domain/services/refusals.ts'
import { trainingChecks } from '../domain/training/checks.ts'
import { trainingRefusals } from '../domain/training/refusals.ts'

/** Every view there is. */
export const projections: readonly Projection[] = [
  ...organisationProjections,
  ...accessProjections,
  ...peopleProjections,
  ...trainingProjections,
  ...policiesProjections,
  ...devicesProjections,
  ...directoryProjections,
  ...servicesProjections,
  ...evidenceProjections,
  ...controlsProjections,
  ...criteriaProjections,
  ...judgingProjections,
  ...exceptionsProjections,
  ...auditProjections,
  ...ledgerProjections,
  ...customersProjections,
]

/** Every check there is. */
export const checks: readonly Check[] = [
  ...accessChecks,
  ...peopleChecks,
  ...trainingChecks,
  ...policiesChecks,
  ...deviceChecks,
  ...directoryChecks,
  ...servicesChecks,
  ...evidenceChecks,
  ...controlsChecks,
  ...criteriaChecks,
  ...judgingChecks,
  ...ledgerChecks,
  ...customersChecks,
  ...exceptionsChecks,
]

/** The refusals of every room; no two of them word the same code. */
export const refusalTables: readonly Readonly<Record<string, Text>>[] = [
  engineRefusals,
  importRefusals,
  organisationRefusals,
  accessRefusals,
  doorRefusals,
  signingRefusals,
  peopleRefusals,
  trainingRefusals,
  policiesRefusals,
  devicesRefusals,
  directoryRefusals,
  servicesRefusals,
  evidenceRefusals,
  controlsRefusals,
  criteriaRefusals,
  judgingRefusals,
  exceptionsRefusals,
  auditRefusals,
  ledgerRefusals,
  customersRefusals,
]

/** Every refusal that a person can be given, by its code. */
export const refusalTexts: Readonly<Record<string, Text>> = Object.fromEntries(
  refusalTables.flatMap((table) => Object.entries(table)),
)
