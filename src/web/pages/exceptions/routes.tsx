import type { PageSlot } from '../../routing/page.tsx'

export const exceptionsPages: readonly PageSlot[] = []
