import type { PageSlot } from '../../routing/page.tsx'

export const policiesPages: readonly PageSlot[] = []
