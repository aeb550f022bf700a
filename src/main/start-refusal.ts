import { LedgerStop } from '../app/ledger/ledger-stop.ts'
import type { Text } from '../domain/decider.ts'
import { StoreError } from '../store/store-error.ts'

/** Why the program does not start: what happened, what to do, a stable code. */
export const startTexts = {
  'setting-invalid': {
    ja: '環境変数の値を使えません。直してから起動してください。',
    en: 'A setting in the environment cannot be used. Correct it and start again.',
  },
  'origin-missing': {
    ja: 'この機械の外から使うときは、ブラウザーで開くアドレスを ARINOMAMA_ORIGIN に指定してください（https://…）。',
    en: 'To be reached from beyond this machine, give the address in the browser with ARINOMAMA_ORIGIN (https://…).',
  },
  'origin-insecure': {
    ja: 'この機械の外から使うときは https が必要です。TLS を終端するプロキシを置き、ARINOMAMA_ORIGIN を https:// で始めてください。',
    en: 'Beyond this machine https is needed. Put a proxy with TLS in front and let ARINOMAMA_ORIGIN begin with https://.',
  },
  'port-in-use': {
    ja: 'そのポートはほかのプログラムが使っています。PORT で別の番号を指定してください。',
    en: 'Another program uses that port. Give another number with PORT.',
  },
  'port-forbidden': {
    ja: 'そのアドレスとポートで待ち受ける権限がありません。PORT か ARINOMAMA_ADDRESS を変えてください。',
    en: 'This user may not listen there. Change PORT or ARINOMAMA_ADDRESS.',
  },
  'address-unavailable': {
    ja: 'そのアドレスはこの機械にありません。ARINOMAMA_ADDRESS を確かめてください。',
    en: 'This machine does not have that address. Check ARINOMAMA_ADDRESS.',
  },
  'pages-unbuilt': {
    ja: '画面を組み立てられませんでした。「npm ci」をやり直してください。',
    en: 'The pages could not be built. Run `npm ci` again.',
  },
  'not-a-demonstration': {
    ja: 'このデータフォルダは実際の組織のものです。デモは別のフォルダ（ARINOMAMA_DATA）で起動してください。',
    en: 'This data folder belongs to a real organisation. Give the demonstration another one with ARINOMAMA_DATA.',
  },
  'demonstration-incomplete': {
    ja: 'デモの履歴作りが途中で止まっています。デモのデータフォルダを消して、もう一度起動してください。',
    en: 'The story of the demonstration was told only in part. Delete its data folder and start again.',
  },
  'witness-policy-unreadable': {
    ja: '証人の方針ファイル（ARINOMAMA_WITNESSES）を読めません。',
    en: 'The file with the witness policy (ARINOMAMA_WITNESSES) cannot be read.',
  },
} as const satisfies Record<string, Text>

export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'
  readonly code: keyof typeof startTexts
  readonly about: string

  constructor(code: keyof typeof startTexts, about: string, options?: ErrorOptions) {
    super(`${startTexts[code].en} (${about})`, options)
    this.code = code
    this.about = about
  }
}

/** What the terminal shows, for every way of not starting that we know; null for a bug. */
export function wordStartError(error: unknown): string | null {
  if (error instanceof StartRefusal) {
    const { ja, en } = startTexts[error.code]
    return said(error.code, `${ja}（${error.about}）`, `${en} (${error.about})`)
  }
  if (error instanceof LedgerStop) return said(error.code, error.text.ja, error.text.en)
  if (error instanceof StoreError) return `arinomama: ${error.message}\n  code: ${error.code}\n`
  return null
}

function said(code: string, ja: string, en: string): string {
  return `arinomama: ${en}\n           ${ja}\n  code: ${code}\n`
}
