/** Words of the pages under `pages/hosts/`. */
const en = {
  title: 'Machines',
}

const ja: typeof en = {
  title: 'サーバー・機器',
}

export const hostsMessages = { en, ja }
