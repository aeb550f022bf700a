import type { PageSlot } from '../../routing/page.tsx'

export const peoplePages: readonly PageSlot[] = []
