import type { PageSlot } from '../../routing/page.tsx'

export const homePages: readonly PageSlot[] = []
