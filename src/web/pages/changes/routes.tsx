import type { PageSlot } from '../../routing/page.tsx'

export const changesPages: readonly PageSlot[] = []
