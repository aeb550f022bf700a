/** Words of the pages under `pages/evidence/`. */
const en = {
  title: 'Evidence',
}

const ja: typeof en = {
  title: '証拠',
}

export const evidenceMessages = { en, ja }
