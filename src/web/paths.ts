/** An address inside the application. Links are made of nothing else. */
export type Path = `/${string}`

/** Filters, tabs and the like that an address carries; undefined ones are left out. */
type Search = Readonly<Record<string, string | undefined>>

/** Every address there is. Patterns in `routes.tsx` and `pages/<area>/routes.tsx` answer them. */
export const paths = {
  home: (): Path => '/',
  setUp: (): Path => '/set-up',
  signIn: (to?: string): Path => withSearch('/sign-in', { to }),
  invitation: (token: string): Path => `/invitations/${part(token)}`,

  criteria: (search: Search = {}): Path => withSearch('/criteria', search),
  criterion: (criterion: string): Path => `/criteria/${part(criterion)}`,
  changes: (search: Search = {}): Path => withSearch('/changes', search),

  controls: (search: Search = {}): Path => withSearch('/controls', search),
  library: (search: Search = {}): Path => withSearch('/controls/library', search),
  newControl: (): Path => '/controls/new',
  control: (control: string, search: Search = {}): Path =>
    withSearch(`/controls/${part(control)}`, search),
  editControl: (control: string): Path => `/controls/${part(control)}/edit`,

  checks: (search: Search = {}): Path => withSearch('/checks', search),
  check: (check: string, search: Search = {}): Path => withSearch(`/checks/${part(check)}`, search),

  exceptions: (search: Search = {}): Path => withSearch('/exceptions', search),
  exception: (exception: string): Path => `/exceptions/${part(exception)}`,

  people: (search: Search = {}): Path => withSearch('/people', search),
  importPeople: (): Path => '/people/import',
  person: (person: string, search: Search = {}): Path =>
    withSearch(`/people/${part(person)}`, search),

  directory: (search: Search = {}): Path => withSearch('/accounts', search),
  directoryAccount: (account: string): Path => `/accounts/${part(account)}`,
  newDirectorySource: (): Path => '/accounts/sources/new',
  directorySource: (source: string): Path => `/accounts/sources/${part(source)}`,

  services: (search: Search = {}): Path => withSearch('/services', search),
  newService: (): Path => '/services/new',
  service: (service: string): Path => `/services/${part(service)}`,
  editService: (service: string): Path => `/services/${part(service)}/edit`,

  hosts: (search: Search = {}): Path => withSearch('/hosts', search),
  host: (host: string, search: Search = {}): Path => withSearch(`/hosts/${part(host)}`, search),
  sources: (): Path => '/hosts/sources',
  newSource: (): Path => '/hosts/sources/new',
  source: (source: string): Path => `/hosts/sources/${part(source)}`,

  customers: (search: Search = {}): Path => withSearch('/customers', search),
  registerCustomer: (): Path => '/customers/new',
  customer: (customer: string, search: Search = {}): Path =>
    withSearch(`/customers/${part(customer)}`, search),
  newSystem: (customer: string): Path => `/customers/${part(customer)}/systems/new`,
  editSystem: (customer: string, system: string): Path =>
    `/customers/${part(customer)}/systems/${part(system)}`,
  inviteContact: (customer: string): Path => `/customers/${part(customer)}/contacts/new`,
  newContract: (customer: string): Path => `/customers/${part(customer)}/contracts/new`,
  newBriefing: (customer: string): Path => `/customers/${part(customer)}/briefings/new`,
  newAgreement: (customer: string): Path => `/customers/${part(customer)}/agreements/new`,
  agreement: (agreement: string): Path => `/agreements/${part(agreement)}`,
  editAgreement: (agreement: string): Path => `/agreements/${part(agreement)}/edit`,
  own: (search: Search = {}): Path => withSearch('/own', search),
  ownAgreement: (agreement: string): Path => `/own/agreements/${part(agreement)}`,
  askForLink: (): Path => '/sign-in/link',

  training: (search: Search = {}): Path => withSearch('/training', search),
  importTraining: (): Path => '/training/import',
  course: (course: string, search: Search = {}): Path =>
    withSearch(`/training/${part(course)}`, search),

  policies: (search: Search = {}): Path => withSearch('/policies', search),
  newPolicy: (): Path => '/policies/new',
  policy: (policy: string, search: Search = {}): Path =>
    withSearch(`/policies/${part(policy)}`, search),
  editPolicy: (policy: string): Path => `/policies/${part(policy)}/edit`,

  evidence: (search: Search = {}): Path => withSearch('/evidence', search),
  uploadEvidence: (search: Search = {}): Path => withSearch('/evidence/upload', search),
  evidenceItem: (evidence: string): Path => `/evidence/${part(evidence)}`,

  description: (search: Search = {}): Path => withSearch('/description', search),
  descriptionBlock: (block: string): Path => `/description/${part(block)}`,
  report: (search: Search = {}): Path => withSearch('/report', search),

  // Below /ledger/ the server answers readers of the log itself (tlog-tiles).
  ledger: (): Path => '/ledger-health',
  entries: (search: Search = {}): Path => withSearch('/entries', search),
  entry: (seq: number): Path => `/entries/${seq}`,

  settings: (): Path => '/settings',
  accounts: (search: Search = {}): Path => withSearch('/settings/accounts', search),
  inviteAccount: (): Path => '/settings/accounts/invite',
  tokens: (): Path => '/settings/tokens',
  outbox: (): Path => '/settings/outbox',
} as const

/** An address that came from outside: only one of ours is followed, else the start page. */
export function pathOf(text: string | undefined): Path {
  return text !== undefined && isPath(text) ? text : paths.home()
}

function isPath(text: string): text is Path {
  return /^\/(?![/\\])/.test(text)
}

/** The path and the search of an address, apart. */
export function splitPath(path: Path): { readonly path: string; readonly search: SearchRecord } {
  const [pathname = '/', query = ''] = path.split('?')
  return { path: pathname, search: Object.fromEntries(new URLSearchParams(query)) }
}

export type SearchRecord = Readonly<Record<string, string>>

function withSearch(path: Path, search: Search): Path {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

function part(id: string): string {
  return encodeURIComponent(id)
}
