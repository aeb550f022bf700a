/** Words of the pages under `pages/training/`. */
const en = {
  title: 'Training',
}

const ja: typeof en = {
  title: '研修',
}

export const trainingMessages = { en, ja }
