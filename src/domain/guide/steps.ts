import type { Text } from '../decider.ts'

/**
 * The way to the first Type 1 report, for somebody who never did this. A step counts itself: it is
 * done when the views say so, and nobody ticks it.
 */
export type Step = {
  /** Kebab-case, unique; the pages link each to where it is done. */
  readonly id: StepId
  readonly title: Text
  /** Why an auditor, or the company, cares. */
  readonly why: Text
  readonly how: Text
}

export type StepId =
  | 'set-up'
  | 'second-person'
  | 'people'
  | 'host'
  | 'controls'
  | 'owners'
  | 'policies'
  | 'acknowledgements'
  | 'training'
  | 'evidence'
  | 'exceptions'
  | 'description'
  | 'assertion'

export const steps: readonly Step[] = [
  {
    id: 'set-up',
    title: { ja: '組織と対象範囲を決める', en: 'Name the organisation and its scope' },
    why: {
      ja: '報告書は「どの組織の、どの分類について」述べるかで決まります。',
      en: 'A report speaks about one organisation and chosen categories; everything else follows.',
    },
    how: {
      ja: '初回の設定で済んでいます。分類は設定画面でいつでも変更でき、変更は台帳に残ります。',
      en: 'Done at set-up. The categories can be changed in the settings; the change is recorded.',
    },
  },
  {
    id: 'second-person',
    title: { ja: 'もう1人を招待する', en: 'Invite a second person' },
    why: {
      ja: '承認や確認は、作成した本人にはできません。1人では先へ進めない仕組みです。',
      en: 'Nobody approves or inspects their own work here. One person alone cannot get through.',
    },
    how: {
      ja: '「設定」→「アカウント」から、規程を承認する人や証拠を確認する人を招待します。',
      en: 'Settings, Accounts: invite whoever will approve policies and inspect evidence.',
    },
  },
  {
    id: 'people',
    title: { ja: '従業員の名簿を取り込む', en: 'Import the list of employees' },
    why: {
      ja: '誰が在籍し、誰が辞めたかが分からなければ、権限の正しさは何も示せません。',
      en: 'Without knowing who works here and who left, nothing about access can be shown.',
    },
    how: {
      ja: '人事の名簿をCSVかJSONで用意し、「従業員」から取り込みます。確定前に差分を確認できます。',
      en: 'Export the HR list as CSV or JSON and import it under People; you see the changes first.',
    },
  },
  {
    id: 'host',
    title: { ja: '最初の1台を観測する', en: 'Observe the first machine' },
    why: {
      ja: '設定の正しさは、申告ではなく観測で示します。読み取り専用で、何も変更しません。',
      en: 'Settings are shown by looking, not by asking. Looking is read-only and changes nothing.',
    },
    how: {
      ja: '「サーバー・機器」→「観測元」で、このサーバー自身かSSHでつながる別の1台を登録します。',
      en: 'Machines, Sources: add this machine, or another over SSH with a read-only account.',
    },
  },
  {
    id: 'controls',
    title: { ja: '統制を選ぶ', en: 'Choose your controls' },
    why: {
      ja: '対象の規準には、それぞれ最低1つの統制が必要です。統制は「実際に行うこと」です。',
      en: 'Each criterion in scope needs a control that answers it. A control is what you really do.',
    },
    how: {
      ja: '「統制」→「ライブラリ」から採用します。行っていないことは採用せず、自社の言葉に直せます。',
      en: 'Controls, Library: adopt what you do, reword it to fit, and add controls of your own.',
    },
  },
  {
    id: 'owners',
    title: { ja: '統制の責任者を決める', en: 'Give every control an owner' },
    why: {
      ja: '責任者のいない統制は、忙しくなった時に最初に止まります。',
      en: 'A control that nobody owns is the first to stop when things get busy.',
    },
    how: {
      ja: '統制のページで、在籍中の従業員から責任者を選びます。',
      en: 'Choose the owner on each control’s page, from the people who work here.',
    },
  },
  {
    id: 'policies',
    title: { ja: '規程を整え、承認を得る', en: 'Write the policies and have them approved' },
    why: {
      ja: '規程は統制の根拠です。承認は、その版の文面そのものに結び付きます。',
      en: 'Policies are what the controls stand on. An approval is bound to the very text it approved.',
    },
    how: {
      ja: 'ひな形12本を下書きに取り込み、自社に合わせて直し、作成者以外の人がパスキーで承認します。',
      en: 'Take the twelve starters as drafts, edit them, and have somebody else approve by passkey.',
    },
  },
  {
    id: 'acknowledgements',
    title: { ja: '規程を読んでもらう', en: 'Have the policies read' },
    why: {
      ja: '読まれていない規程は、守られていることになりません。',
      en: 'A policy that nobody read is not one that anybody follows.',
    },
    how: {
      ja: '従業員を招待すると、各自の「やること」に確認待ちの規程が表示されます。',
      en: 'Invite the employees: each finds what to read under their own tasks, and signs it.',
    },
  },
  {
    id: 'training',
    title: { ja: '研修を行う', en: 'Train everybody' },
    why: {
      ja: '入社時と年1回の教育は、どの監査でも必ず確かめられます。',
      en: 'Training at joining and once a year is looked at in every audit.',
    },
    how: {
      ja: '「研修」で教材を開講します。ほかの研修システムの受講結果も取り込めます。',
      en: 'Offer a starter course under Training, or import completions from another system.',
    },
  },
  {
    id: 'evidence',
    title: { ja: '証拠を集め、別の人が確認する', en: 'Collect evidence and have it inspected' },
    why: {
      ja: '自動で確かめられない統制は、文書で示します。本人以外が確認して初めて証拠になります。',
      en: 'What no machine can observe is shown by documents, inspected by somebody else.',
    },
    how: {
      ja: '統制のページに、期間ごとに必要な証拠が並びます。アップロードし、別の人が署名で確認します。',
      en: 'Each control lists what it needs per period. Upload it; somebody else signs the inspection.',
    },
  },
  {
    id: 'exceptions',
    title: { ja: '例外すべてに答える', en: 'Answer every exception' },
    why: {
      ja: '例外は消せませんし、消す必要もありません。原因と対応が書かれていることが評価されます。',
      en: 'Exceptions cannot be deleted and need not be: an auditor looks for the cause and response.',
    },
    how: {
      ja: '例外ごとに原因・対応・期限を書きます。直れば次の観測で解消し、残すなら期限付きで受容します。',
      en: 'Record cause, response and date. A later observation closes it, or accept it for a while.',
    },
  },
  {
    id: 'description',
    title: { ja: 'システムの記述を仕上げる', en: 'Finish the description of the system' },
    why: {
      ja: '報告書の第III部です。読者は、ここで自分たちに関わる部分を知ります。',
      en: 'Section III of the report: where readers learn which parts concern them.',
    },
    how: {
      ja: '「システムの記述」の下書きにある記入欄を埋めます。台数や人数は自動で入ります。',
      en: 'Fill the marked places under Description; numbers of people and machines fill themselves.',
    },
  },
  {
    id: 'assertion',
    title: { ja: '経営者の記述書に署名する', en: 'Sign management’s assertion' },
    why: {
      ja: '報告書の第II部です。書かれたとおりであることを、経営者が署名で述べます。',
      en: 'Section II of the report: management says, by signature, that it is as described.',
    },
    how: {
      ja: '「報告書」で基準日と言語を選び、全文を確かめてパスキーで署名します。',
      en: 'Under Report choose the day and language, read the text, and sign with a passkey.',
    },
  },
]
