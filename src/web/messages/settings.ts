/** Words of the pages under `pages/settings/`. */
const en = {
  title: 'Settings',
}

const ja: typeof en = {
  title: '設定',
}

export const settingsMessages = { en, ja }
