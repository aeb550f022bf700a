import type { PageSlot } from '../../routing/page.tsx'

export const ledgerPages: readonly PageSlot[] = []
