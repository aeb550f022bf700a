import type { addControl } from '../../contract/criteria.ts'
import type { Parsed } from '../../contract/route.ts'
import type { ControlDefinition, ControlMapping } from '../../domain/controls/events.ts'
import type { LibraryControl } from '../../domain/criteria/catalogue.ts'
import { inCriteriaOrder, isCriterion } from '../../domain/criteria/ids.ts'

type Text = Omit<Parsed<typeof addControl>['body'], 'id'>

/** A control of the library as an entry keeps it: the whole text. */
export function definitionOf(control: LibraryControl): ControlDefinition {
  const { id: _, ...definition } = control
  return definition
}

/**
 * What a user wrote, as an entry keeps it. People choose criteria; how the control relates to one
 * that was chosen before stays as it was said then, and so do the other frameworks' requirements.
 */
export function definitionFrom(text: Text, before: ControlDefinition | null): ControlDefinition {
  const { title, statement, ownerRole, cadence, evidence } = text
  const chosen = new Set(text.criteria)
  const kept = (before?.mappings ?? []).filter(
    ({ framework, id }) => framework !== 'soc2' || chosen.has(id),
  )
  for (const { framework, id } of kept) if (framework === 'soc2') chosen.delete(id)
  // An id that does not exist stays, for the decider to refuse it by name.
  const fresh = [...inCriteriaOrder([...chosen]), ...[...chosen].filter((id) => !isCriterion(id))]
  const checks = new Set(text.checks)
  return {
    title,
    statement,
    ownerRole,
    cadence,
    proof: text.proof ?? before?.proof ?? anyProof,
    evidence,
    // What was named before keeps its place: choosing in another order is no edit.
    checks: [...(before?.checks ?? []).filter((check) => checks.delete(check)), ...checks],
    mappings: [...kept, ...fresh.map(mappedByUs)],
  }
}

const anyProof = {
  ja: '登録された文書と、検査の結果。',
  en: 'The documents uploaded for it, and the results of its checks.',
}

function mappedByUs(id: string): ControlMapping {
  const rationale = {
    ja: '組織がこの規準に対応すると定めた',
    en: 'The organisation says that it answers this',
  }
  return { framework: 'soc2', id, relation: 'intersects', rationale }
}
