import type { Text } from '../../domain/decider.ts'
import type { TableRefusal } from './table.ts'

export const importRefusals: Record<TableRefusal, Text> = {
  'file-empty': {
    ja: 'ファイルが空です。見出しの行とデータの行があるファイルを選んでください。',
    en: 'The file is empty. Choose one with a header row and rows of data.',
  },
  'file-is-spreadsheet': {
    ja: 'これは Excel や PDF などのファイルです。「名前を付けて保存」で「CSV UTF-8」を選び、保存し直したものを送ってください。',
    en: 'This is an Excel, PDF or compressed file. Save it as “CSV UTF-8” and send that instead.',
  },
  'file-encoding-unknown': {
    ja: '文字コードを判別できないか、途中に壊れた文字があります。UTF-8、UTF-16、Shift_JIS、EUC-JP のどれかで保存し直してください。',
    en: 'The character encoding cannot be told, or some characters are damaged. Save the file again as UTF-8, UTF-16, Shift_JIS or EUC-JP.',
  },
  'file-csv-malformed': {
    ja: 'CSV として読めない行があります。引用符（"）が閉じているかを、示した行の前後で確かめてください。',
    en: 'A line cannot be read as CSV. Check around the line named that every quotation mark (") is closed.',
  },
  'file-json-malformed': {
    ja: 'JSON として読めません。項目の並び（[{…}, {…}]）になっているかを確かめてください。',
    en: 'This cannot be read as JSON. It has to be a list of objects: [{…}, {…}].',
  },
  'file-rows-too-many': {
    ja: '行が多すぎます。示した行数までに分けてください。',
    en: 'There are too many rows. The most that can be read at once is the number named.',
  },
  'file-has-problems': {
    ja: 'ファイルに直すべきところがあります。何も取り込んでいません。示した行と項目を直して、もう一度送ってください。',
    en: 'Some things in the file have to be corrected. Nothing was imported. Correct the rows and fields named and send the file again.',
  },
}

export type TableProblem =
  | 'column-missing'
  | 'column-duplicate'
  | 'row-too-long'
  | 'cell-too-long'
  | 'cell-unreadable-character'
  | 'cell-not-text'
  | 'cell-empty'
  | 'day-unreadable'
  | 'day-not-in-calendar'
  | 'day-out-of-range'

/** What can be wrong in any list; `{value}` is what stands there. */
export const tableProblems: Record<TableProblem, Text> = {
  'column-missing': {
    ja: '「{value}」の列がありません。見出しの行に加えてください。',
    en: 'There is no column “{value}”. Add it to the header row.',
  },
  'column-duplicate': {
    ja: '「{value}」と同じ意味の列がもう一つあります。どちらかを消してください。',
    en: 'Another column means the same as “{value}”. Remove one of them.',
  },
  'row-too-long': {
    ja: '見出しより多くの項目があります。値の中のカンマは引用符（"）で囲んでください。',
    en: 'There are more cells than headers. Put quotation marks (") around values with commas.',
  },
  'cell-too-long': {
    ja: '500 文字を超えています：「{value}」',
    en: 'This is longer than 500 characters: “{value}”',
  },
  'cell-unreadable-character': {
    ja: '読めない文字（外字または制御文字 {value}）があります。ふつうの文字に置き換えてください。',
    en: 'There is a character that cannot be read ({value}). Replace it with an ordinary one.',
  },
  'cell-not-text': {
    ja: '文字か数字ではありません：「{value}」',
    en: 'This is neither text nor a number: “{value}”',
  },
  'cell-empty': {
    ja: '空です。値を入れてください。',
    en: 'This is empty. Give a value.',
  },
  'day-unreadable': {
    ja: '「{value}」は日付として読めません。2026-04-01 または 2026/4/1 の形で書いてください。',
    en: '“{value}” cannot be read as a date. Write it as 2026-04-01 or 2026/4/1.',
  },
  'day-not-in-calendar': {
    ja: '「{value}」は暦にない日付です。',
    en: '“{value}” is not a day of the calendar.',
  },
  'day-out-of-range': {
    ja: '「{value}」は 1900 年から 2199 年までの日付ではありません。',
    en: '“{value}” is not between the years 1900 and 2199.',
  },
}
