import type { Text } from '../decider.ts'
import type { EvidenceRefusal } from './evidence.ts'
import type { DocumentRefusal } from './document-type.ts'

/** Refusals of the application around the decider. */
export type UploadRefusal =
  | 'evidence-control-unknown'
  | 'evidence-controls-missing'
  | 'evidence-virus-found'
  | 'evidence-changed'

export const evidenceRefusals: Record<EvidenceRefusal | UploadRefusal | DocumentRefusal, Text> = {
  'evidence-unknown': {
    ja: 'その証拠は見つかりません。一覧から選び直してください。',
    en: 'There is no such evidence. Choose it again from the list.',
  },
  'evidence-own': {
    ja: '自分が登録した証拠を自分で検証することはできません。ほかの人に検証を頼んでください。',
    en: 'Nobody inspects evidence they uploaded themselves. Ask somebody else to inspect it.',
  },
  'evidence-rejected': {
    ja: 'この証拠は「不適切」と結論されており、結論は変えられません。内容を直した文書を新しく登録してください。',
    en: 'This evidence was rejected, and a rejection is final. Upload a corrected document instead.',
  },
  'evidence-period-backwards': {
    ja: '対象期間の始まりが終わりより後です。日付を入れ直してください。',
    en: 'The period begins after it ends. Correct the days.',
  },
  'evidence-period-not-over': {
    ja: '対象期間の終わりが今日より後です。まだ来ていない日を示す証拠はありません。今日までの期間にしてください。',
    en: 'The period ends after today. No document proves a day that has not come; let it end today at the latest.',
  },
  'evidence-note-missing': {
    ja: '「不適切」とする理由を書いてください。',
    en: 'Write why you reject it.',
  },
  'evidence-control-unknown': {
    ja: 'その統制は採用されていません。採用している統制の番号を指定してください。',
    en: 'That control is not adopted. Name controls that are.',
  },
  'evidence-controls-missing': {
    ja: 'どの統制の証拠かを一つ以上、五十以下で指定してください。',
    en: 'Name the controls that it is evidence for: at least one, at most fifty.',
  },
  'evidence-virus-found': {
    ja: 'ウイルス、またはその試験用の文字列が見つかったため、受け取りませんでした。元のファイルを確かめてください。',
    en: 'A virus, or the string made for testing for one, was found, so the file was not kept. Look at where it came from.',
  },
  'evidence-changed': {
    ja: '署名の準備をした後に証拠が変わりました。もう一度開いて確かめてから署名してください。',
    en: 'The evidence has changed since the signature was prepared. Open it again, look, and sign.',
  },
  'document-empty': {
    ja: 'ファイルが空です。内容のあるファイルを選んでください。',
    en: 'The file is empty. Choose one with content.',
  },
  'document-too-large': {
    ja: 'ファイルが50 MiBを超えています。分けるか、必要な部分だけにしてください。',
    en: 'The file is larger than 50 MiB. Split it, or keep only what is needed.',
  },
  'document-executable': {
    ja: '名前が何であれ、中身はプログラムまたはスクリプトです。証拠として受け取れません。PDFか画像で示してください。',
    en: 'Whatever its name, this is a program or a script, which is never kept as evidence. Show it as PDF or as a picture.',
  },
  'document-web-page': {
    ja: '中身はHTML、SVGまたはXMLで、開くとスクリプトが動くことがあります。PDFか画像にして登録してください。',
    en: 'This is HTML, SVG or XML, which can run scripts when opened. Upload it as PDF or as a picture.',
  },
  'document-macros': {
    ja: '文書にマクロ、またはプログラムを含みうる埋め込みオブジェクトがあります。それらのない形式(docx、xlsx、pptx、PDF)で保存し直してください。',
    en: 'The document holds macros, or embedded objects that can hold programs. Save it without (docx, xlsx, pptx or PDF) and upload that.',
  },
  'document-legacy-office': {
    ja: '古い形式のOffice文書か、パスワード付きのOffice文書です。中を確かめられないため、パスワードのないdocx、xlsx、pptxかPDFで保存し直してください。',
    en: 'This is an old or password-protected Office document, which cannot be looked into. Save it as docx, xlsx, pptx or PDF without a password.',
  },
  'document-active': {
    ja: 'PDFの中にスクリプト、プログラムの起動、または埋め込みファイルがあります。印刷し直すなどして、それらのないPDFにしてください。',
    en: 'The PDF holds scripts, starts a program, or carries other files. Print it again to a PDF without them.',
  },
  'document-encrypted': {
    ja: 'PDFにパスワードがかかっています。検証する人が読めるように、パスワードを外してください。',
    en: 'The PDF is protected by a password. Remove it, so that those who inspect it can read it.',
  },
  'document-archive': {
    ja: 'アーカイブ(ZIPなど)は中身を一つずつ確かめられないため受け取れません。文書を一つずつ登録してください。',
    en: 'Archives such as ZIP hide what is in them. Upload the documents one by one.',
  },
  'document-damaged': {
    ja: 'ファイルが途中で切れているか壊れています。元のファイルからもう一度登録してください。',
    en: 'The file is cut off or damaged. Upload it again from the original.',
  },
  'document-misnamed': {
    ja: 'ファイル名の拡張子と中身が一致しません。中身に合った名前に直してください。',
    en: 'The name says another kind of file than the content is. Give it the name of what it is.',
  },
  'document-unrecognised': {
    ja: '種類の分からないファイルです。PDF、Word、Excel、PowerPoint、OpenDocument、画像、またはUTF-8のテキストで登録してください。',
    en: 'What this file is cannot be told. Upload PDF, Word, Excel, PowerPoint, OpenDocument, a picture, or text in UTF-8.',
  },
}
