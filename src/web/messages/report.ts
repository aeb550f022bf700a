/** Words of the pages under `pages/report/`. */
const en = {
  title: 'Report',
}

const ja: typeof en = {
  title: '報告書',
}

export const reportMessages = { en, ja }
