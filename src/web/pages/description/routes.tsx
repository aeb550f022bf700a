import type { PageSlot } from '../../routing/page.tsx'

export const descriptionPages: readonly PageSlot[] = []
