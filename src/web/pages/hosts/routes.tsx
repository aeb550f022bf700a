import type { PageSlot } from '../../routing/page.tsx'

export const hostsPages: readonly PageSlot[] = []
