import type { Check } from '../check.ts'

const VERIFIED_DAYS = 2

const ledgerVerified: Check = {
  id: 'ledger-verified',
  title: { ja: '台帳の検証', en: 'The ledger is verified' },
  rule: {
    ja: '台帳のファイル、データベースの記録、すべての画面の元になる表が、署名のとおりであると毎日確かめられている。',
    en: 'Files, entries and every view are held against what was signed every day, and agree.',
  },
  remedy: {
    ja: '「arinomama ledger verify」で、どの記録・ファイル・行が違うかを見る。誰がいつ変えたかを調べ、正しいバックアップから戻す。',
    en: 'Run `arinomama ledger verify`: it names every entry, file and row that differs. Find out who changed it, and restore the right backup.',
  },
  cadence: 'daily',
  population: `select 'ledger' as subject, 'ledger' as label
 where exists (select from ledger_verifications)`,
  // Only the newest verification speaks of the ledger as it is.
  exceptions: `select 'ledger' as subject, v.findings || ' / ' || v.size as label,
       'findings' as reason, v.seq as observation
  from ledger_verifications as v
 where v.seq = (select max(seq) from ledger_verifications) and v.findings > 0`,
  reasons: {
    findings: {
      ja: '最後の検証で、署名と食い違うものが見つかった。',
      en: 'The last verification found something that is not as signed.',
    },
  },
  freshness: {
    query: 'select max(verified_at) as at from ledger_verifications',
    days: VERIFIED_DAYS,
  },
}

const ledgerUndisturbed: Check = {
  id: 'ledger-undisturbed',
  title: { ja: '台帳の公開と連署', en: 'The ledger is published and witnessed' },
  rule: {
    ja: '台帳が公開され続け、定めた証人が連署している。出ている警報がない。',
    en: 'The ledger keeps being published, its witnesses cosign, and no alarm is raised about it.',
  },
  remedy: {
    ja: '台帳の画面で警報の理由を見て、書いてあるとおりに直す。直れば警報は自動で消え、その記録が残る。',
    en: 'Read the alarm on the page of the ledger and do what it says. It ends by itself, and both are recorded.',
  },
  cadence: 'continuous',
  population: `select 'ledger' as subject, 'ledger' as label
 where exists (select from ledger_verifications)
union all
select a.code as subject, a.code as label from ledger_alarms as a`,
  exceptions: `select a.code as subject, a.code as label, 'alarm' as reason, a.seq as observation
  from ledger_alarms as a`,
  reasons: {
    alarm: { ja: 'この警報が出ている。', en: 'This alarm is raised.' },
  },
  freshness: null,
}

export const ledgerChecks: readonly Check[] = [ledgerVerified, ledgerUndisturbed]
