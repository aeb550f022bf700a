/** Words of the pages under `pages/description/`. */
const en = {
  title: 'Description of the system',
}

const ja: typeof en = {
  title: 'システムの記述',
}

export const descriptionMessages = { en, ja }
