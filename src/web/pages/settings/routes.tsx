import type { PageSlot } from '../../routing/page.tsx'

export const settingsPages: readonly PageSlot[] = []
