/** Words of the pages under `pages/people/`. */
const en = {
  title: 'People',
}

const ja: typeof en = {
  title: '従業員',
}

export const peopleMessages = { en, ja }
