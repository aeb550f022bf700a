const en = { title: 'controls' }

const ja: typeof en = { title: 'controls' }

export const controlsMessages = { en, ja }
