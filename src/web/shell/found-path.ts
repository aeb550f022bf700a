import type { search } from '../../contract/evidence.ts'
import type { Output } from '../../contract/route.ts'
import type { Path } from '../paths.ts'
import { paths } from '../paths.ts'

type Found = Pick<Output<typeof search>[number], 'kind' | 'id'>

/** The page of something that was found. */
export function foundPath({ kind, id }: Found): Path {
  switch (kind) {
    case 'criterion':
      return paths.criterion(id)
    case 'control':
      return paths.control(id)
    case 'check':
      return paths.check(id)
    case 'exception':
      return paths.exception(id)
    case 'person':
      return paths.person(id)
    case 'host':
      return paths.host(id)
    case 'policy':
      return paths.policy(id)
    case 'course':
      return paths.course(id)
    case 'evidence':
      return paths.evidenceItem(id)
    case 'customer':
      return paths.customer(id)
    case 'agreement':
      return paths.agreement(id)
    case 'entry':
      return paths.entry(Number(id))
  }
}
