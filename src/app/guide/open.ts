import type { getGuide, getTasks } from '../../contract/evidence.ts'
import type { Output } from '../../contract/route.ts'
import type { Role } from '../../domain/access/permission.ts'
import { isRefused, type Refused } from '../../domain/decider.ts'
import { steps } from '../../domain/guide/steps.ts'
import type { AuditCases } from '../audit/open.ts'
import type { Engine } from '../engine/engine.ts'
import type { JudgingCases } from '../judging/open.ts'
import type { PoliciesCases } from '../policies/open.ts'
import type { TrainingCases } from '../training/open.ts'
import { progressOf } from './progress.ts'
import { tasksOf } from './tasks.ts'

export type Reader = { readonly person: string; readonly role: Role }

export type GuideCases = {
  /** The way to the first report: a step is done when the views say so. */
  readonly guide: (reader: Reader, asOf?: string) => Promise<Output<typeof getGuide> | Refused>
  /** What waits for one person, the most pressing first. */
  readonly tasks: (reader: Reader) => Promise<Output<typeof getTasks>>
}

type Needs = {
  readonly judging: JudgingCases
  readonly policies: PoliciesCases
  readonly training: TrainingCases
  readonly audit: AuditCases
}

/** Leads a person who never did this, and everybody to what waits for them. */
export function openGuide(engine: Engine, needs: Needs): GuideCases {
  const { judging, policies, training, audit } = needs
  return {
    async guide(reader, asOf) {
      const views = await engine.views(asOf)
      const [judged, policyList, courseList, description] = await Promise.all([
        judging.judge(views),
        policies.list(reader, asOf),
        training.list(reader.person, asOf),
        audit.description(asOf),
      ])
      if (isRefused(description)) return description
      const progress = await progressOf(views, {
        judged,
        policies: policyList.policies,
        courses: courseList.courses,
        blocks: description.blocks,
      })
      return steps.map((step) => {
        const { done, of } = progress[step.id]
        return { ...step, done: of > 0 && done === of, progress: { done, of } }
      })
    },
    async tasks(reader) {
      const views = await engine.views()
      const [judged, policyList, courseList] = await Promise.all([
        judging.judge(views),
        policies.list(reader),
        training.list(reader.person),
      ])
      return tasksOf(views, reader, {
        judged,
        policies: policyList.policies,
        courses: courseList.courses,
      })
    },
  }
}
