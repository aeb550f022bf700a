export function CriterionPage() {
  return null
}
