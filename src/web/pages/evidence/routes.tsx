import type { PageSlot } from '../../routing/page.tsx'

export const evidencePages: readonly PageSlot[] = []
