const en = { title: 'criteria' }

const ja: typeof en = { title: 'criteria' }

export const criteriaMessages = { en, ja }
