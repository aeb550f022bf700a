import { changesMessages } from './changes.ts'
import { checksMessages } from './checks.ts'
import { controlsMessages } from './controls.ts'
import { criteriaMessages } from './criteria.ts'
import { customersMessages } from './customers.ts'
import { descriptionMessages } from './description.ts'
import { directoryMessages } from './directory.ts'
import { eventMessages } from './events.ts'
import { evidenceMessages } from './evidence.ts'
import { exceptionsMessages } from './exceptions.ts'
import type { Language } from './format.ts'
import { homeMessages } from './home.ts'
import { hostsMessages } from './hosts.ts'
import { ledgerMessages } from './ledger.ts'
import { peopleMessages } from './people.ts'
import { policiesMessages } from './policies.ts'
import { reportMessages } from './report.ts'
import { servicesMessages } from './services.ts'
import { sessionMessages } from './session.ts'
import { settingsMessages } from './settings.ts'
import { shellMessages } from './shell.ts'
import { trainingMessages } from './training.ts'
import { uiMessages } from './ui.ts'

const areas = {
  ui: uiMessages,
  events: eventMessages,
  shell: shellMessages,
  session: sessionMessages,
  home: homeMessages,
  criteria: criteriaMessages,
  controls: controlsMessages,
  checks: checksMessages,
  changes: changesMessages,
  exceptions: exceptionsMessages,
  people: peopleMessages,
  directory: directoryMessages,
  services: servicesMessages,
  hosts: hostsMessages,
  customers: customersMessages,
  training: trainingMessages,
  policies: policiesMessages,
  evidence: evidenceMessages,
  description: descriptionMessages,
  report: reportMessages,
  ledger: ledgerMessages,
  settings: settingsMessages,
} as const

type Areas = typeof areas

/** Every text of the pages. English defines the shape; what Japanese lacks does not compile. */
export type Messages = { readonly [Area in keyof Areas]: Areas[Area]['en'] }

function inLanguage(language: Language): Messages {
  return {
    ui: areas.ui[language],
    events: areas.events[language],
    shell: areas.shell[language],
    session: areas.session[language],
    home: areas.home[language],
    criteria: areas.criteria[language],
    controls: areas.controls[language],
    checks: areas.checks[language],
    changes: areas.changes[language],
    exceptions: areas.exceptions[language],
    people: areas.people[language],
    directory: areas.directory[language],
    services: areas.services[language],
    hosts: areas.hosts[language],
    customers: areas.customers[language],
    training: areas.training[language],
    policies: areas.policies[language],
    evidence: areas.evidence[language],
    description: areas.description[language],
    report: areas.report[language],
    ledger: areas.ledger[language],
    settings: areas.settings[language],
  }
}

export const catalogue: Readonly<Record<Language, Messages>> = {
  en: inLanguage('en'),
  ja: inLanguage('ja'),
}
