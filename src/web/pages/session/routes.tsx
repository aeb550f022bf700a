import type { PageSlot } from '../../routing/page.tsx'

export const frontPages: readonly PageSlot[] = []
