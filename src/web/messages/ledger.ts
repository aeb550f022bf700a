/** Words of the pages under `pages/ledger/`. */
const en = {
  title: 'Ledger',
}

const ja: typeof en = {
  title: '台帳',
}

export const ledgerMessages = { en, ja }
