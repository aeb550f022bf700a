import type { PageSlot } from '../../routing/page.tsx'

export const controlsPages: readonly PageSlot[] = []
