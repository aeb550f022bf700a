/** Words of the pages under `pages/policies/`. */
const en = {
  title: 'Policies',
}

const ja: typeof en = {
  title: '規程',
}

export const policiesMessages = { en, ja }
