const en = { title: 'exceptions' }

const ja: typeof en = { title: 'exceptions' }

export const exceptionsMessages = { en, ja }
