import type { PageSlot } from '../../routing/page.tsx'

export const checksPages: readonly PageSlot[] = []
