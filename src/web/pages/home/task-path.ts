import type { getTasks } from '../../../contract/evidence.ts'
import type { Output } from '../../../contract/route.ts'
import type { Path } from '../../paths.ts'
import { paths } from '../../paths.ts'

type Task = Pick<Output<typeof getTasks>[number], 'kind' | 'id'>

/** The page on which a task is done. */
export function taskPath({ kind, id }: Task): Path {
  switch (kind) {
    case 'acknowledge-policy':
    case 'approve-policy':
      return paths.policy(id)
    case 'complete-course':
      return paths.course(id)
    case 'inspect-evidence':
      return paths.evidenceItem(id)
    case 'provide-evidence':
      return paths.uploadEvidence({ control: id })
    case 'confirm-contract-key':
      return paths.customer(id)
    case 'answer-exception':
    case 'carry-out-response':
      return paths.exception(id)
  }
}
