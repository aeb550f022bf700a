const en = { title: 'checks' }

const ja: typeof en = { title: 'checks' }

export const checksMessages = { en, ja }
