/** Problems of the page itself; those of its calls are worded in the contract. */
export const apiProblems = {
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
