const en = { title: 'home' }

const ja: typeof en = { title: 'home' }

export const homeMessages = { en, ja }
