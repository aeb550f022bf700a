import type { PageSlot } from '../../routing/page.tsx'

export const reportPages: readonly PageSlot[] = []
