/** Words of the pages under `pages/description/`. */
const en = {
  title: 'Description of the system',
  note: 'Section III of the report, block by block. Live figures fill themselves from the ledger.',
  toFill: (count: string) => `${count} places to fill in`,
  complete: 'Complete',
  starter: 'Starter text',
  edited: (version: number) => `Version ${version}`,
  progress: (done: string, of: string) => `${done} of ${of} blocks are complete`,
  edit: 'Edit',
  show: 'Show',
  figures: {
    title: 'Live figures',
    note: 'Write the name in double braces, such as {{people.count}}. On a past day it is the figure of that day.',
    name: 'Name',
    value: 'Value',
  },
  fill: {
    note: 'Replace each paragraph that begins with “> [!FILL]” by what is true for you. What is left stays visible in the report.',
  },
  form: {
    label: 'Edit a block of the description',
    ja: 'Japanese text',
    en: 'English text',
    save: 'Save this version',
    saved: 'Saved as a new version',
    history: 'History of this block',
  },
}

const ja: typeof en = {
  title: 'システムの記述',
  note: '報告書の第III部を、項目ごとに書きます。人数や台数などの数値は台帳から自動で入ります。',
  toFill: (count) => `未記入${count}か所`,
  complete: '記入済み',
  starter: 'ひな形のまま',
  edited: (version) => `第${version}版`,
  progress: (done, of) => `${of}項目のうち${done}項目が記入済みです`,
  edit: '編集',
  show: '表示',
  figures: {
    title: '自動で入る数値',
    note: '{{people.count}} のように、名前を二重の波括弧で囲んで書きます。過去の日の報告書には、その日の数値が入ります。',
    name: '名前',
    value: '値',
  },
  fill: {
    note: '「> [!FILL]」で始まる段落を、自社の実態に書き換えてください。残した箇所は、報告書でも未記入と分かる形で印刷されます。',
  },
  form: {
    label: '記述の項目を編集',
    ja: '日本語の本文',
    en: '英語の本文',
    save: 'この版を保存',
    saved: '新しい版として保存しました',
    history: 'この項目の履歴',
  },
}

export const descriptionMessages = { en, ja }
