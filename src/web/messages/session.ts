const en = { title: 'session' }

const ja: typeof en = { title: 'session' }

export const sessionMessages = { en, ja }
