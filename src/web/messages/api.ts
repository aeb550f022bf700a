/** Problems that no server words, because it did not answer or was not asked. */
export const apiProblems = {
  network: {
    ja: 'サーバーに接続できませんでした。ネットワークとサーバーの状態を確かめて、もう一度お試しください。',
    en: 'The server could not be reached. Check the network and the server, then try again.',
  },
  timeout: {
    ja: 'サーバーの応答が制限時間内に返りませんでした。しばらくしてからもう一度お試しください。',
    en: 'The server did not answer in time. Try again in a moment.',
  },
  unreadable: {
    ja: 'サーバーから読み取れない応答が返りました。ページを再読み込みしてもう一度お試しください。',
    en: 'The server gave an answer that cannot be read. Reload the page and try again.',
  },
  mismatch: {
    ja: 'サーバーと画面の版が食い違っています。ページを再読み込みしてください。',
    en: 'The server and this page are of different versions. Reload the page.',
  },
  fault: {
    ja: '画面の処理で誤りが起きました。再読み込みしても続く場合は、管理者に知らせてください。',
    en: 'Something in this page went wrong. If reloading does not help, tell your administrator.',
  },
  passkeyCancelled: {
    ja: 'パスキーの操作が取り消されたか、時間切れになりました。もう一度お試しください。',
    en: 'The passkey prompt was cancelled or timed out. Try again.',
  },
  passkeyUnsupported: {
    ja: 'このブラウザーまたはこのアドレスではパスキーを使えません。localhost または HTTPS のアドレスで、最新のブラウザーから開いてください。',
    en: 'Passkeys do not work in this browser or at this address. Open it in a current browser, at localhost or over HTTPS.',
  },
  passkeyKnown: {
    ja: 'この端末のパスキーはすでに登録されています。',
    en: 'This device already has a passkey here.',
  },
  fileTooLarge: {
    ja: 'ファイルが大きすぎます。小さくするか、分けてください。',
    en: 'The file is too large. Make it smaller or split it.',
  },
} as const
