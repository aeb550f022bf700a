import type { Path } from '../../paths.ts'
import { paths } from '../../paths.ts'

/** Where each step of the guide is done; a step that we do not know is done from the start page. */
const places: Readonly<Record<string, Path>> = {
  'set-up': paths.settings(),
  'second-person': paths.accounts(),
  people: paths.importPeople(),
  host: paths.sources(),
  controls: paths.library(),
  owners: paths.controls({ owner: 'no' }),
  policies: paths.policies(),
  acknowledgements: paths.policies(),
  training: paths.training(),
  evidence: paths.evidence(),
  exceptions: paths.exceptions({ state: 'open' }),
  description: paths.description(),
  assertion: paths.report(),
}

export function stepPath(step: string): Path {
  return places[step] ?? paths.home()
}
