import type { PageSlot } from '../../routing/page.tsx'

export const trainingPages: readonly PageSlot[] = []
