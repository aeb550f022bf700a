import type { Text } from '../decider.ts'
import type { AlarmCode } from './events.ts'

/** What each alarm says to people: what happened and what to do. */
export const alarmTexts: Readonly<Record<AlarmCode, Text>> = {
  'ledger-copy-damaged': {
    ja: '最後に署名したチェックポイントの控えが壊れています。バックアップから戻してください。',
    en: 'The copy of the last signed checkpoint is damaged. Restore it from a backup.',
  },
  'ledger-database-short': {
    ja: 'データベースの記録が、署名済みの台帳より少なくなっています。公開を止めました。新しいバックアップから戻してください。',
    en: 'The database has fewer entries than were signed. Publishing has stopped. Restore a newer backup.',
  },
  'ledger-file-damaged': {
    ja: '台帳のファイルが壊れています。公開を止めました。「arinomama ledger repair」で作り直し、原因を調べてください。',
    en: 'A file of the ledger is damaged. Publishing has stopped. Run `arinomama ledger repair` and find out why.',
  },
  'ledger-files-conflict': {
    ja: '台帳のファイルと記録が食い違っています。公開を止めました。「arinomama ledger verify」でどの記録かを確かめてください。',
    en: 'Files and entries of the ledger contradict each other. Publishing has stopped. `arinomama ledger verify` names the entries.',
  },
  'ledger-publishing-fails': {
    ja: '新しい記録を公開できていません。記録は失われていません。理由を見て、直してください。直れば自動で続きます。',
    en: 'New entries cannot be published at present. No entry is lost. Read the reason and mend it; publishing then goes on by itself.',
  },
  'ledger-quorum-unmet': {
    ja: '必要な数の証人が、最新のチェックポイントに連署していません。証人に届くか、拒まれていないかを確かめてください。',
    en: 'Not enough witnesses have cosigned the newest checkpoint. See whether they can be reached and why they refuse.',
  },
  'ledger-root-differs': {
    ja: '台帳が、署名済みのチェックポイントと食い違っています。公開を止めました。「arinomama ledger verify」で調べてください。',
    en: 'The ledger contradicts a checkpoint that it has signed. Publishing has stopped. Run `arinomama ledger verify`.',
  },
  'ledger-storage-unknown': {
    ja: 'ディスクへの書き込みを確定できませんでした。公開を止めました。ディスクを調べてから、始め直してください。',
    en: 'The disk did not confirm a write. Publishing has stopped. Check the disk, then start again.',
  },
  'ledger-storage-unwritable': {
    ja: '台帳のフォルダーに書き込めません。空き容量と書き込み権限を確かめてください。書き込めるようになれば自動で続きます。',
    en: 'The folder of the ledger cannot be written. Check free space and permissions; publishing then goes on by itself.',
  },
  'ledger-witness-contradicts': {
    ja: '証人が、この台帳より多くの記録、または違う過去に連署しています。巻き戻されたか、同じ鍵の台帳が二つあります。すぐに調べてください。',
    en: 'A witness has cosigned more entries than there are, or another past: the ledger was rewound, or there are two with one key. Look into it at once.',
  },
}
