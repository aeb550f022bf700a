/** What the server itself refuses, before or after a room is asked. */
export const httpTexts = {
  'not-signed-in': {
    ja: 'サインインしていないか、セッションが終わっています。サインインし直してください。',
    en: 'You are not signed in, or your session has ended. Sign in again.',
  },
  forbidden: {
    ja: 'この操作はあなたの役割では行えません。必要であれば管理者に相談してください。',
    en: 'Your role does not allow this. Ask an administrator if you need it.',
  },
  'token-cannot': {
    ja: 'この操作は API トークンでは行えません。ブラウザーでサインインして行ってください。',
    en: 'This cannot be done with an API token. Sign in with a browser and do it there.',
  },
  'cross-site': {
    ja: '別のサイトからの要求は受け付けません。このアドレスのページを開いて操作してください。',
    en: 'Requests from other sites are refused. Open the page at this address and try there.',
  },
  'csrf-mismatch': {
    ja: 'ページが古くなっています。再読み込みして、もう一度お試しください。',
    en: 'This page is out of date. Reload it and try again.',
  },
  'host-name-unknown': {
    ja: 'このホスト名では応答しません。設定された公開アドレス（ARINOMAMA_ORIGIN）で開いてください。',
    en: 'This server does not answer under that host name. Use its own address (ARINOMAMA_ORIGIN).',
  },
  'route-unknown': {
    ja: 'そのアドレスには何もありません。アドレスを確かめてください。',
    en: 'There is nothing at this address. Check it.',
  },
  'method-unsupported': {
    ja: 'このアドレスではその操作方法（HTTP メソッド）を使えません。',
    en: 'This address does not support that HTTP method.',
  },
  'input-invalid': {
    ja: '入力に誤りがあります。示された項目を直して、もう一度お試しください。',
    en: 'Something in the input is not right. Correct the fields named and try again.',
  },
  'json-malformed': {
    ja: '本文を JSON（UTF-8）として読めません。',
    en: 'The body is not JSON in UTF-8.',
  },
  'media-type-unsupported': {
    ja: '本文は application/json で送ってください。',
    en: 'Send the body as application/json.',
  },
  'body-too-large': {
    ja: '送られたデータが大きすぎます。上限（バイト）を確かめて、小さくするか分けてください。',
    en: 'What was sent is larger than the limit (in bytes). Make it smaller or split it.',
  },
  'requests-too-many': {
    ja: '短い時間に要求が多すぎます。示された秒数だけ待ってからお試しください。',
    en: 'Too many requests in a short time. Wait for the seconds given and try again.',
  },
  'day-not-yet': {
    ja: 'その日はまだ終わっていません。今日か、それより前の日を選んでください。',
    en: 'That day is not over yet. Choose today or an earlier one.',
  },
  'ledger-stopped': {
    ja: '台帳の状態が確かめられないため、書き込みを止めています。サーバーの記録を確かめ、再起動してください。',
    en: 'The ledger is in an unknown state, so nothing is written. Read the server log and restart.',
  },
  unavailable: {
    ja: 'データベースが応答していません。しばらく待ってからお試しください。続く場合は管理者に知らせてください。',
    en: 'The database does not answer right now. Wait a moment and try again; if it goes on, tell your administrator.',
  },
  starting: {
    ja: '起動中です。数秒待ってからお試しください。',
    en: 'The server is starting. Try again in a few seconds.',
  },
  fault: {
    ja: 'サーバーの内部で誤りが起きました。この番号を添えて管理者に知らせてください。',
    en: 'Something in the server went wrong. Tell your administrator, with this number.',
  },
} as const
