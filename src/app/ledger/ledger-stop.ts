import type { Text } from '../../domain/decider.ts'

/**
 * Why the ledger does not go on. Each is found before anything further is signed; nothing of what
 * is on disk has been changed by finding it.
 */
export type LedgerStopCode =
  | 'ledger-copy-damaged'
  | 'ledger-database-short'
  | 'ledger-file-damaged'
  | 'ledger-files-conflict'
  | 'ledger-key-damaged'
  | 'ledger-key-missing'
  | 'ledger-key-wrong'
  | 'ledger-policy-malformed'
  | 'ledger-root-differs'
  | 'ledger-storage-unknown'
  | 'ledger-storage-unwritable'

/** What happened and what to do, in both languages, and what it is about. */
export class LedgerStop extends Error {
  override readonly name = 'LedgerStop'
  readonly code: LedgerStopCode
  readonly text: Text
  readonly about: string

  constructor(code: LedgerStopCode, about: string, options?: ErrorOptions) {
    const { ja, en } = texts[code]
    const text = { ja: `${ja}（${about}）`, en: `${en} (${about})` }
    super(text.en, options)
    this.code = code
    this.text = text
    this.about = about
  }
}

/** For the page and the terminal. */
export const ledgerStops: Readonly<Record<LedgerStopCode, Text>> = {
  'ledger-copy-damaged': {
    ja: '最後に署名したチェックポイントの控え（keys/signed-checkpoint）が壊れているか、この鍵のものではありません。バックアップから戻してください。消して済ませると、巻き戻しに気付けなくなります。',
    en: 'The copy of the last signed checkpoint (keys/signed-checkpoint) is damaged or not by this key. Restore it from a backup; deleting it would hide a rollback.',
  },
  'ledger-database-short': {
    ja: 'データベースの記録が、署名済みの台帳より少なくなっています。古いバックアップから戻した恐れがあります。新しいバックアップから戻してください。このまま始めると、署名済みの記録が失われます。',
    en: 'The database has fewer entries than the ledger has signed: it may be an old backup. Restore a newer one. Going on would lose entries that are signed.',
  },
  'ledger-file-damaged': {
    ja: '台帳のファイルが壊れているか、なくなっています。「arinomama ledger repair」で記録から作り直せます。作り直したものは、署名済みの根と照合されます。原因（ディスクの故障、第三者の変更）も調べてください。',
    en: 'A file of the ledger is damaged or missing. `arinomama ledger repair` makes it again from the entries and holds it against the signed root. Find out why: a failing disk, or somebody.',
  },
  'ledger-files-conflict': {
    ja: '台帳のファイルが、データベースの記録から作られるものと違います。どちらかが書き換えられています。「arinomama ledger verify」でどの記録かを確かめ、正しい方をバックアップから戻してください。',
    en: 'A file of the ledger differs from what the entries in the database make: one of them was changed. `arinomama ledger verify` names the entries; restore the right side from a backup.',
  },
  'ledger-key-damaged': {
    ja: '台帳の署名鍵（keys/ledger.key）を読めません。バックアップから戻してください。',
    en: 'The signing key of the ledger (keys/ledger.key) cannot be read. Restore it from a backup.',
  },
  'ledger-key-missing': {
    ja: '台帳の署名鍵（keys/ledger.key）がありません。このデータベースの台帳には鍵があるはずです。バックアップから、または他のノードの keys/ から写してください。新しい鍵では続けられません。',
    en: 'The signing key (keys/ledger.key) is missing, but the ledger in this database has one. Copy it from a backup, or from the keys folder of another node. A new key would be another ledger.',
  },
  'ledger-key-wrong': {
    ja: '台帳の署名鍵（keys/ledger.key）が、このデータベースの台帳のものと違います。正しい鍵か、正しいデータベースに戻してください。',
    en: 'The signing key (keys/ledger.key) is not that of the ledger in this database. Restore the right key, or name the right database.',
  },
  'ledger-policy-malformed': {
    ja: '証人の方針ファイルを読めません。書式（C2SP tlog-policy）に合わせて直してください。',
    en: 'The witness policy cannot be read. Write it as C2SP tlog-policy says.',
  },
  'ledger-root-differs': {
    ja: '台帳が、署名済みのチェックポイントと食い違っています。記録かファイルが書き換えられたか、古いバックアップに新しい記録を足した恐れがあります。「arinomama ledger verify」で調べ、正しいバックアップから戻してください。',
    en: 'The ledger contradicts a checkpoint that it has signed: entries or files were changed, or new entries were added to an old backup. Run `arinomama ledger verify`, then restore the right backup.',
  },
  'ledger-storage-unknown': {
    ja: '台帳の書き込みをディスクに確定できませんでした。ディスクの状態が分からないため、止まりました。ディスクを調べてから、始め直してください。',
    en: 'The disk did not confirm a write of the ledger, so nobody knows what is on it. Check the disk, then start again.',
  },
  'ledger-storage-unwritable': {
    ja: '台帳のフォルダーに書き込めません。空き容量と書き込み権限を確かめてください。記録はデータベースに残っており、書き込めるようになれば続きます。',
    en: 'The folder of the ledger cannot be written. Check free space and permissions. The entries are safe in the database; publishing goes on once it can.',
  },
}

const texts = ledgerStops
