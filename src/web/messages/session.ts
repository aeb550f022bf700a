/** Words of set-up, sign-in and invitations. */
const en = {
  setUp: {
    title: 'Set up',
    lead: 'Four short steps, about three minutes. Everything you enter becomes the first entry of the ledger.',
    steps: {
      organisation: 'Organisation',
      scope: 'Scope',
      person: 'You',
      passkey: 'Passkey',
    },
    step: (at: string, of: string) => `Step ${at} of ${of}`,
    noToken: 'Open the set-up link',
    noTokenText:
      'When the program starts it prints a one-time set-up link in the terminal. Open that link in this browser; whoever has it becomes the first administrator.',
    nameJa: 'Name in Japanese',
    nameJaHint: 'As it shall stand in the Japanese report.',
    nameEn: 'Name in English',
    nameEnHint: 'As it shall stand in the English report.',
    zone: 'Time zone',
    zoneHint: 'Days begin and end in this zone: a report speaks about one of its days.',
    categories: 'What should the report speak about?',
    categoriesHint:
      'SOC 2 has five categories. Security is always part of it. Take the others only if you promise them to customers; you can change this later, and every change is recorded.',
    categoryText: {
      security:
        'Systems are protected against unauthorised access and misuse. Always part of a SOC 2 report.',
      availability:
        'You promise that the service is up: an SLA, redundancy, backups, recovery. Usual for cloud and managed services.',
      confidentiality:
        'You promise to keep customers’ information secret and to delete it when agreed: NDAs, data in your hands.',
      'processing-integrity':
        'You promise that processing is complete, correct and on time: payments, payroll, batch jobs.',
      privacy:
        'You collect personal data for purposes of your own. If you only process it for customers, confidentiality is usually enough.',
    },
    criteriaCount: (count: string) => `${count} criteria`,
    name: 'Your name',
    nameHint: 'You become the first administrator. Invite others afterwards.',
    email: 'E-mail address',
    emailHint: 'Kept encrypted; shown to administrators.',
    passkeyTitle: 'A passkey instead of a password',
    passkeyText:
      'A passkey lives in this device or in your password manager and cannot be guessed or phished. You sign in with it, and you sign approvals with it: signatures that an auditor can check years later.',
    passkeyNote: 'Your device asks for your fingerprint, face or PIN next.',
    finish: 'Create the passkey and finish',
    working: 'Waiting for your passkey…',
    done: 'Set up. Welcome.',
  },
  signIn: {
    title: 'Sign in',
    text: 'Use the passkey of this device or of your password manager.',
    button: 'Sign in with a passkey',
    help: 'No passkey here? Ask an administrator for a new invitation link.',
  },
  invitation: {
    title: (organisation: string) => `Welcome to ${organisation}`,
    text: (name: string) => `${name}, you have been invited. Make a passkey to accept.`,
    role: 'Your role',
    expires: 'The link is valid until',
    button: 'Make a passkey and accept',
    notYou: 'If this is not your name, do not go on: tell whoever sent you the link.',
    done: 'Accepted. Welcome.',
    roles: {
      administrator:
        'Runs the installation: accounts, scope, sources. Signs management’s assertion.',
      'security-lead': 'Looks after controls, policies, evidence and exceptions.',
      'control-owner': 'Looks after some controls: provides evidence, answers exceptions.',
      employee: 'Reads and confirms policies and completes training.',
      auditor: 'Reads everything, with proofs; changes nothing.',
      'read-only': 'Reads statuses, machines and the ledger; changes nothing.',
      'customer-contact':
        'Approves work in your company’s systems, signs agreements, and sees what was done in its name.',
    },
  },
}

const ja: typeof en = {
  setUp: {
    title: '初期設定',
    lead: '4つの短い手順で、3分ほどで終わります。入力した内容が台帳の最初の記録になります。',
    steps: {
      organisation: '組織',
      scope: '対象範囲',
      person: 'あなた',
      passkey: 'パスキー',
    },
    step: (at, of) => `手順 ${at} / ${of}`,
    noToken: '設定用のリンクを開いてください',
    noTokenText:
      '起動時に、一度だけ使える設定用リンクが端末に表示されます。このブラウザーでそのリンクを開いてください。リンクを持つ人が最初の管理者になります。',
    nameJa: '組織名(日本語)',
    nameJaHint: '日本語の報告書に載る名称です。',
    nameEn: '組織名(英語)',
    nameEnHint: '英語の報告書に載る名称です。',
    zone: 'タイムゾーン',
    zoneHint: '1日の区切りを決めます。報告書は、このタイムゾーンのある1日について述べます。',
    categories: '報告書では何について述べますか?',
    categoriesHint:
      'SOC 2には5つの分類があります。セキュリティは必ず含まれます。ほかは、顧客に約束しているものだけを選んでください。あとから変更でき、変更はすべて記録されます。',
    categoryText: {
      security: '不正なアクセスや誤用からシステムを守ること。SOC 2報告書に必ず含まれます。',
      availability:
        'サービスが使えることを約束している場合。SLA、冗長化、バックアップ、復旧など。クラウドや運用代行では一般的です。',
      confidentiality:
        '顧客の情報を秘密に保ち、約束どおり消去する場合。秘密保持契約や、預かっているデータがあるとき。',
      'processing-integrity':
        '処理が漏れなく正確に、期限どおり行われると約束している場合。決済、給与計算、バッチ処理など。',
      privacy:
        '自社の目的で個人情報を集めている場合。顧客から預かって処理するだけなら、機密保持で足りることがほとんどです。',
    },
    criteriaCount: (count) => `${count}規準`,
    name: 'あなたの名前',
    nameHint: '最初の管理者になります。ほかの人はあとから招待します。',
    email: 'メールアドレス',
    emailHint: '暗号化して保存し、管理者にだけ表示します。',
    passkeyTitle: 'パスワードの代わりにパスキーを使います',
    passkeyText:
      'パスキーは、この端末またはパスワード管理ソフトに保存され、推測も詐取もできません。サインインのほか、承認の署名にも使います。署名は、何年後でも監査人が確かめられます。',
    passkeyNote: '次に、端末が指紋・顔・PINのいずれかを求めます。',
    finish: 'パスキーを作成して完了する',
    working: 'パスキーの操作を待っています…',
    done: '設定が終わりました。ようこそ。',
  },
  signIn: {
    title: 'サインイン',
    text: 'この端末、またはパスワード管理ソフトのパスキーを使います。',
    button: 'パスキーでサインイン',
    help: 'パスキーがないときは、管理者に新しい招待リンクを頼んでください。',
  },
  invitation: {
    title: (organisation) => `${organisation}へようこそ`,
    text: (name) => `${name}さんへの招待です。パスキーを作成すると参加できます。`,
    role: 'あなたの役割',
    expires: 'リンクの有効期限',
    button: 'パスキーを作成して参加する',
    notYou: 'ご自分の名前でないときは先へ進まず、リンクを送った人に知らせてください。',
    done: '参加しました。ようこそ。',
    roles: {
      administrator: 'アカウント・対象範囲・観測元を管理し、経営者の記述書に署名します。',
      'security-lead': '統制・規程・証拠・例外を管理します。',
      'control-owner': '担当する統制の証拠を提出し、例外に答えます。',
      employee: '規程を読んで確認し、研修を修了します。',
      auditor: 'すべてを証明とともに閲覧します。変更はできません。',
      'read-only': '状態・機器・台帳を閲覧します。変更はできません。',
      'customer-contact':
        '自社のシステムでの作業を承認し、事前承認作業に署名し、自社の名義で行われたことを確かめます。',
    },
  },
}

export const sessionMessages = { en, ja }
